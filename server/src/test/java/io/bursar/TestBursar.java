package io.bursar;

import io.bursar.platform.Database;
import io.bursar.platform.DatabaseLogin;
import io.bursar.platform.DatabaseLogins;
import io.bursar.platform.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The whole product for tests: real, on its own embedded PostgreSQL, serving on a free loopback port, with a clock the
 * test moves. {@link #shared()} is started once per JVM and never stopped before its end, so tests use names of their
 * own and expect the data of others; {@link #start} is for those that need other settings, and costs some seconds.
 */
public final class TestBursar implements AutoCloseable {
    public static final String ADMIN_EMAIL = "admin@bursar.example";
    public static final String ADMIN_PASSWORD = "only for tests: admin";
    public static final String CRON_SECRET = "only for tests: a secret of a scheduler";
    private static final Object LOCK = new Object();
    private static @Nullable TestBursar shared;
    private static boolean started;

    private final Path home;
    private final MovableClock clock;
    private final ConfigurableApplicationContext context;

    private TestBursar(Path home, MovableClock clock, ConfigurableApplicationContext context) {
        this.home = home;
        this.clock = clock;
        this.context = context;
    }

    public static TestBursar shared() {
        synchronized (LOCK) {
            TestBursar running = shared;
            if (running == null) {
                if (started) {
                    throw new IllegalStateException("Bursar did not start; the first test says why");
                }
                started = true;
                running = start(Map.of());
                shared = running;
                Runtime.getRuntime().addShutdownHook(new Thread(running::close));
            }
            return running;
        }
    }

    /** A Bursar of one's own with these settings on top of the usual ones. */
    public static TestBursar start(Map<String, String> settings) {
        try {
            Path home = Files.createTempDirectory("bursar-test");
            Map<String, String> all = new HashMap<>(Map.of(
                    "PORT",
                    "0",
                    "BURSAR_HOME",
                    home.toString(),
                    "BURSAR_MODE",
                    "development",
                    "ENCRYPTION_KEY",
                    Base64.getEncoder().encodeToString(new byte[32]),
                    "BURSAR_ADMIN_EMAIL",
                    ADMIN_EMAIL,
                    "BURSAR_ADMIN_PASSWORD",
                    ADMIN_PASSWORD,
                    "FX_URL",
                    RateFeed.url()));
            all.put("CRON_SECRET", CRON_SECRET);
            all.putAll(settings);
            MovableClock clock = new MovableClock();
            return new TestBursar(home, clock, Bursar.start(all, clock));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Settings under which another Bursar is a further node on this one's database. */
    public Map<String, String> asFurtherNode() {
        DatabaseLogins logins = bean(Database.class).logins();
        return Map.of(
                "DATABASE_URL",
                logins.app().psqlUrl(),
                "MIGRATION_DATABASE_URL",
                logins.owner().psqlUrl());
    }

    /** A new visitor without any cookie. */
    public Browser browser() {
        return new Browser(url());
    }

    /** A new visitor signed in as the first administrator. */
    public Browser admin() {
        return browser().signIn(ADMIN_EMAIL, ADMIN_PASSWORD).confirmingWith(ADMIN_PASSWORD);
    }

    public MovableClock clock() {
        return clock;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Runs a job now, on this thread, whatever its schedule says. */
    public void run(String jobName) {
        context.getBeansOfType(Job.class).values().stream()
                .filter(job -> job.name().equals(jobName))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no job " + jobName))
                .run();
    }

    /** SQL as the role that serves. */
    public JdbcClient sql() {
        return bean(JdbcClient.class);
    }

    /** SQL as the owner of the tables, whom only triggers hold back. */
    public JdbcClient ownerSql() {
        return JdbcClient.create(ownerDatabase());
    }

    /** A connection of that role, for a transaction that outlives a statement. */
    public Connection owner() throws SQLException {
        return ownerDatabase().getConnection();
    }

    private DataSource ownerDatabase() {
        DatabaseLogin owner = bean(Database.class).logins().owner();
        return new DriverManagerDataSource(owner.jdbcUrl(), owner.user(), owner.password());
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
        try {
            Files.walkFileTree(home, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failed) throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException leftover) {
            throw new UncheckedIOException(leftover);
        }
    }
}
