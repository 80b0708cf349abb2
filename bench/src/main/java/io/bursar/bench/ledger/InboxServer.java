package io.bursar.bench.ledger;

import io.bursar.platform.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The product as {@code serve} starts it, on an embedded database of its own, with one provider. */
final class InboxServer implements AutoCloseable {
    private final Product product;
    private final BenchDatabase database;

    private InboxServer(Product product) {
        this.product = product;
        this.database = new BenchDatabase(product.bean(Database.class).logins().app());
    }

    static InboxServer start(@Nullable Path parent) {
        return new InboxServer(Product.start(parent, Map.of()));
    }

    int port() {
        return product.port();
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
        product.close();
    }
}
