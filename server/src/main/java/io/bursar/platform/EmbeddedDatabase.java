package io.bursar.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that comes with Bursar, kept under {@code BURSAR_HOME/postgres}. The library that brings it means it
 * for tests and switches durability off; here it is switched on again, its roles get passwords, and a server that a
 * killed JVM left behind is ended before the data are opened anew.
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    /** After a crash under full load, a log of several gigabytes is replayed first. */
    private static final Duration STARTUP_MAX = Duration.ofMinutes(5);

    private static final String DATABASE = "bursar";
    private static final String PASSWORDS_ONLY = """
            # Written by Bursar: every role shows its password.
            local all all scram-sha-256
            host  all all 127.0.0.1/32 scram-sha-256
            host  all all ::1/128      scram-sha-256
            """;

    private final EmbeddedPostgres server;
    private final DatabaseLogins logins;

    private EmbeddedDatabase(EmbeddedPostgres server, DatabaseLogins logins) {
        this.server = server;
        this.logins = logins;
    }

    static EmbeddedDatabase start(Path home) {
        Path data = home.resolve("postgres");
        try {
            Files.createDirectories(home);
            EmbeddedPasswords passwords = EmbeddedPasswords.keptIn(home);
            LeftoverServer.end(data);
            int port = passwords.portStillFree().orElseGet(EmbeddedDatabase::freePort);
            passwords.keepPort(port);
            boolean fresh = !Files.exists(data.resolve("postgresql.conf"));
            EmbeddedPostgres server = launch(home, data, port, passwords);
            if (fresh || !Files.exists(home.resolve("database.ready"))) {
                createRoles(server, passwords, data);
                Files.createFile(home.resolve("database.ready"));
            }
            return new EmbeddedDatabase(server, passwords.logins(port, DATABASE));
        } catch (IOException failed) {
            throw new UncheckedIOException("the embedded database under " + data + " did not start", failed);
        }
    }

    /** How to reach the server that another Bursar runs on this home; empty when none ever did. */
    static Optional<DatabaseLogins> besideAnother(Path home) {
        try {
            EmbeddedPasswords passwords = EmbeddedPasswords.keptIn(home);
            return passwords.port().map(port -> passwords.logins(port, DATABASE));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    DatabaseLogins logins() {
        return logins;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            LOG.warn("The embedded database did not stop cleanly; it recovers at the next start.", failed);
        }
    }

    private static EmbeddedPostgres launch(Path home, Path data, int port, EmbeddedPasswords passwords)
            throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(STARTUP_MAX)
                .setPort(port)
                .setConnectConfig("password", passwords.superuser());
        EmbeddedServerSettings.durable(home).forEach(builder::setServerConfig);
        return builder.start();
    }

    /** Runs whole at every start until it has once succeeded: a kill half-way through the first start does no harm. */
    private static void createRoles(EmbeddedPostgres server, EmbeddedPasswords passwords, Path data) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> role : passwords.roles().entrySet()) {
                statement.execute("""
                        DO $$ BEGIN CREATE ROLE %1$s LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$
                        """.formatted(role.getKey()));
                statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(role.getKey(), role.getValue()));
            }
            if (!databaseExists(statement)) {
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + EmbeddedPasswords.OWNER);
            }
            statement.execute("REVOKE ALL ON DATABASE " + DATABASE + " FROM PUBLIC");
            statement.execute("GRANT CONNECT ON DATABASE %s TO %s, %s"
                    .formatted(DATABASE, EmbeddedPasswords.APP, EmbeddedPasswords.TRIAGE));
            statement.execute("ALTER ROLE postgres PASSWORD '%s'".formatted(passwords.superuser()));
            Files.writeString(data.resolve("pg_hba.conf"), PASSWORDS_ONLY);
            statement.execute("SELECT pg_reload_conf()");
        } catch (SQLException | IOException failed) {
            throw new WorldFailedException("database_unavailable", true, "the first start was not completed", failed);
        }
    }

    private static boolean databaseExists(Statement statement) throws SQLException {
        try (var rows = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            return rows.next();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Optional<Integer> freePort(int wanted) {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return Optional.of(socket.getLocalPort());
        } catch (IOException taken) {
            return Optional.empty();
        }
    }
}
