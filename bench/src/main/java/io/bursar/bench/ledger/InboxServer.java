package io.bursar.bench.ledger;

import io.bursar.Bursar;
import io.bursar.platform.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** The product as {@code serve} starts it, on an embedded database of its own, with one provider. */
final class InboxServer implements AutoCloseable {
    private static final int KEY_BYTES = 32;

    private final Path home;
    private final ConfigurableApplicationContext context;
    private final BenchDatabase database;

    private InboxServer(Path home, ConfigurableApplicationContext context) {
        this.home = home;
        this.context = context;
        this.database =
                new BenchDatabase(context.getBean(Database.class).logins().app());
    }

    static InboxServer start(@Nullable Path parent) {
        // Standard output is for figures.
        System.setProperty("logging.level.root", "OFF");
        Path home = newHome(parent);
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new InboxServer(
                home,
                Bursar.start(
                        Map.of(
                                "PORT", "0",
                                "BURSAR_HOME", home.toString(),
                                "ENCRYPTION_KEY", Base64.getEncoder().encodeToString(key)),
                        Clock.systemUTC()));
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** How many of the provider's events are on disk. */
    long kept() {
        return (long) database.number("SELECT count(*) FROM inbox.event WHERE provider = ?", BenchProvider.NAME);
    }

    /** So many clients of the same database, each with its prepared insert. */
    Clients clients(int number) {
        return new Clients(database, number);
    }

    static final class Clients implements AutoCloseable {
        private final BlockingQueue<Client> idle = new LinkedBlockingQueue<>();

        private record Client(Connection connection, PreparedStatement insert) {}

        private Clients(BenchDatabase database, int number) {
            String insert = SqlFile.of("peers/inbox.sql").statement("insert");
            try {
                for (int i = 0; i < number; i++) {
                    Connection connection = database.connect();
                    idle.add(new Client(connection, connection.prepareStatement(insert)));
                }
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }

        void insert(String id) throws SQLException, InterruptedException {
            Client client = idle.take();
            client.insert().setObject(1, UUID.randomUUID());
            client.insert().setString(2, id);
            client.insert().setString(3, "customer/" + id);
            client.insert().setBytes(4, BenchProvider.body(id));
            client.insert().executeUpdate();
            idle.add(client);
        }

        @Override
        public void close() {
            try {
                for (Client client : idle) {
                    client.connection().close();
                }
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    @Override
    public void close() {
        database.close();
        context.close();
        try (Stream<Path> paths = Files.walk(home)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path newHome(@Nullable Path parent) {
        try {
            return parent == null
                    ? Files.createTempDirectory("bursar-bench")
                    : Files.createTempDirectory(Files.createDirectories(parent), "bursar-bench");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
