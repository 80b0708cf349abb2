package io.bursar;

import io.bursar.platform.Epoch;
import io.bursar.platform.Gatekeeper;
import io.bursar.platform.Secrets;
import io.bursar.platform.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * A few modules by themselves: their beans on a real database of their own, no web server, and no job that ticks, so
 * that a test alone decides what happens when. For everything else there is {@link TestBursar}.
 */
public final class Floors implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    private final MovableClock clock = new MovableClock();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    private Floors(DataSource database, Map<String, String> settings, List<String> modules) {
        for (String module : modules) {
            Flyway.configure()
                    .dataSource(database)
                    .schemas(module)
                    .locations("classpath:db/migration/" + module)
                    .failOnMissingLocations(false)
                    .load()
                    .migrate();
        }
        var transactions = new JdbcTransactionManager(database);
        context.registerBean(DataSource.class, () -> database);
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(database));
        context.registerBean(PlatformTransactionManager.class, () -> transactions);
        context.registerBean(TransactionTemplate.class, () -> new TransactionTemplate(transactions));
        context.registerBean(Clock.class, () -> clock);
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.registerBean(Settings.class, () -> new Settings(settings));
        context.registerBean(Secrets.class, () -> new Secrets(new byte[Secrets.KEY_BYTES]));
        context.registerBean(JsonMapper.class, JsonMapper::shared);
        context.registerBean(Epoch.class, () -> Epoch.FIRST);
        if (!modules.contains("gates")) {
            context.registerBean(Gatekeeper.class, () -> gate -> true);
        }
        context.addBeanFactoryPostProcessor(Floors::makeLazy);
        context.scan(modules.stream().map(module -> "io.bursar." + module).toArray(String[]::new));
    }

    /** So that what needs a module which is not here is only missed by whoever asks for it. */
    private static void makeLazy(ConfigurableListableBeanFactory factory) {
        for (String name : factory.getBeanDefinitionNames()) {
            factory.getBeanDefinition(name).setLazyInit(true);
        }
    }

    /** Beans of these modules, after {@code substitutes} has put in the test's own in place of some. */
    public static Floors start(
            Map<String, String> settings, Consumer<AnnotationConfigApplicationContext> substitutes, String... modules) {
        return started(new Floors(freshDatabase(), settings, List.of(modules)), substitutes);
    }

    /** The same on the database of another process, which has told its {@link #url}. */
    public static Floors join(
            String url,
            Map<String, String> settings,
            Consumer<AnnotationConfigApplicationContext> substitutes,
            String... modules) {
        return started(new Floors(new DriverManagerDataSource(url), settings, List.of(modules)), substitutes);
    }

    private static Floors started(Floors floors, Consumer<AnnotationConfigApplicationContext> substitutes) {
        substitutes.accept(floors.context);
        floors.context.refresh();
        return floors;
    }

    /** Where the database is, with all that is needed to come in. */
    public String url() {
        try (Connection connection = bean(DataSource.class).getConnection()) {
            return connection.getMetaData().getURL() + "?user="
                    + connection.getMetaData().getUserName();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public MovableClock clock() {
        return clock;
    }

    public JdbcClient sql() {
        return bean(JdbcClient.class);
    }

    public TransactionTemplate transactions() {
        return bean(TransactionTemplate.class);
    }

    @Override
    public void close() {
        context.close();
    }

    /** A database with nothing in it, as {@code DATABASE_URL} names it. */
    public static synchronized String emptyDatabaseUrl() {
        return "postgres://postgres:none@127.0.0.1:%d/%s".formatted(server().getPort(), create());
    }

    private static synchronized DataSource freshDatabase() {
        return server().getDatabase("postgres", create());
    }

    private static String create() {
        String name = "floors_" + DATABASES.incrementAndGet();
        try (Connection connection = server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            return name;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static EmbeddedPostgres server() {
        EmbeddedPostgres running = server;
        if (running == null) {
            try {
                running = EmbeddedPostgres.builder().start();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            server = running;
        }
        return running;
    }
}
