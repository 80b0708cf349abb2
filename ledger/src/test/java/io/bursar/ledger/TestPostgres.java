package io.bursar.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;

/**
 * A real PostgreSQL with durable settings; the shared one is started once for the JVM, and every test takes a new
 * book.
 */
final class TestPostgres {
    private static final int CONNECTIONS_MAX = 120;

    private static final class Shared {
        private static int port;
        private static final DataSource DATA_SOURCE = start();

        private static DataSource start() {
            try {
                EmbeddedPostgres postgres = durable(Files.createTempDirectory("bursar-ledger"), 0);
                port = postgres.getPort();
                HikariDataSource pool = pool(postgres.getPort(), 20);
                LedgerSchema.install(pool);
                return pool;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private TestPostgres() {}

    static DataSource shared() {
        return Shared.DATA_SOURCE;
    }

    /** Where another process finds the shared one. */
    static int sharedPort() {
        shared();
        return Shared.port;
    }

    /** The library switches durability off for tests; these tests are about durability. */
    static EmbeddedPostgres durable(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", String.valueOf(CONNECTIONS_MAX))
                .start();
    }

    static HikariDataSource pool(int port, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://localhost:" + port + "/postgres");
        config.setUsername("postgres");
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
