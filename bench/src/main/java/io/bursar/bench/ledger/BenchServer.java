package io.bursar.bench.ledger;

import io.bursar.platform.DatabaseLogin;
import io.bursar.platform.EmbeddedServerSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL that is measured: one of its own, configured as {@code serve} configures its embedded one, or the
 * operator's. Whatever it makes is gone again after the run, also when the run is interrupted.
 */
final class BenchServer implements AutoCloseable {
    /** What the server keeps for reuse, see min_wal_size. */
    private static final int LOG_SEGMENTS = 32;

    private final DatabaseLogin login;
    private final @Nullable EmbeddedPostgres embedded;
    private final @Nullable Path directory;
    private final List<BenchDatabase> databases = new ArrayList<>();
    private final Thread onExit = new Thread(this::stop, "bench-stop");
    private boolean stopped;

    private BenchServer(DatabaseLogin login, @Nullable EmbeddedPostgres embedded, @Nullable Path directory) {
        this.login = login;
        this.embedded = embedded;
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** Starts a server with its data in a new folder under {@code home}, or under the folder for temporary files. */
    static BenchServer embedded(@Nullable Path home) {
        try {
            Path directory = newDirectory(home);
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(directory.resolve("postgres"))
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false);
            EmbeddedServerSettings.durable(directory).forEach(builder::setServerConfig);
            EmbeddedPostgres server = builder.start();
            DatabaseLogin login = new DatabaseLogin("127.0.0.1", server.getPort(), "postgres", "postgres", "", "");
            return new BenchServer(login, server, directory);
        } catch (IOException failed) {
            throw new UncheckedIOException("no PostgreSQL to measure", failed);
        }
    }

    /** Measures on a server that is there; its role has to be allowed to create databases. */
    static BenchServer at(String url) {
        DatabaseLogin login = DatabaseLogin.parse(url)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--database: not usable (expected: postgres://user:password@host:port/database)"));
        return new BenchServer(login, null, null);
    }

    /** A database of its own with the ledger's tables, dropped at the end. */
    synchronized BenchDatabase create(String purpose) {
        byte[] random = new byte[6];
        ThreadLocalRandom.current().nextBytes(random);
        String name = "bursar_bench_" + purpose + "_" + HexFormat.of().formatHex(random);
        execute("CREATE DATABASE " + name);
        BenchDatabase database = new BenchDatabase(
                new DatabaseLogin(login.host(), login.port(), name, login.user(), login.password(), login.options()));
        databases.add(database);
        database.install();
        return database;
    }

    /** Where the data lie, or the folder for temporary files when the server is somebody else's. */
    Path directory() {
        return directory == null ? Path.of(System.getProperty("java.io.tmpdir")) : directory;
    }

    /** What {@link #at} takes to measure on this server, too. */
    String url() {
        return login.psqlUrl();
    }

    /**
     * Makes the server one that has been running for a while: it has log segments to use again. A new one stops
     * everybody for some 50 ms whenever it makes another segment, once a second under load.
     */
    void settle() {
        if (embedded != null) {
            for (int segment = 0; segment < LOG_SEGMENTS; segment++) {
                execute("SELECT pg_logical_emit_message(true, 'bench', ''), pg_switch_wal()");
            }
            execute("CHECKPOINT");
        }
    }

    /** One database less: its rows would only be in the way of the next measurement. */
    synchronized void drop(BenchDatabase database) {
        database.close();
        execute("DROP DATABASE " + database.name() + " WITH (FORCE)");
        databases.remove(database);
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException alreadyExiting) {
            // Then the hook has run or is running, and stopping twice does nothing.
        }
    }

    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        databases.forEach(BenchDatabase::close);
        try {
            if (embedded == null) {
                databases.forEach(database -> execute("DROP DATABASE " + database.name() + " WITH (FORCE)"));
            } else {
                embedded.close();
            }
            if (directory != null) {
                delete(directory);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(login.jdbcUrl(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql + ": " + failed.getMessage(), failed);
        }
    }

    private static Path newDirectory(@Nullable Path home) throws IOException {
        if (home == null) {
            return Files.createTempDirectory("bursar-bench");
        }
        return Files.createTempDirectory(Files.createDirectories(home), "bursar-bench");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
