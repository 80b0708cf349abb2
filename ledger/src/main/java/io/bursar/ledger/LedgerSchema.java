package io.bursar.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/**
 * Installs the ledger's tables where no migration tool does. Where one does, point it at {@link #LOCATION} with the
 * schema {@code ledger} and leave this class alone.
 */
public final class LedgerSchema {
    /** The class path folder of the migrations, named as Flyway expects them. */
    public static final String LOCATION = "db/migration/ledger";

    private static final List<String> MIGRATIONS = List.of("V1__books_accounts_and_transfers.sql");
    private static final long INSTALLER_LOCK = 0x6275_7273_6172_3031L;

    private LedgerSchema() {}

    /** Creates the schema {@code ledger} with its tables when they are absent; does nothing when they are there. */
    public static void install(DataSource dataSource) {
        boolean installed = Sql.write(dataSource, LedgerSchema::install);
        Check.invariant(installed, "the schema was not installed");
    }

    private static boolean install(Connection connection) throws SQLException {
        Sql.query(connection, "SELECT pg_advisory_xact_lock(?)", row -> 0, INSTALLER_LOCK);
        if (isInstalled(connection)) {
            return true;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS ledger");
            for (String migration : MIGRATIONS) {
                statement.execute(text(LOCATION + "/" + migration));
            }
        }
        return isInstalled(connection);
    }

    private static boolean isInstalled(Connection connection) throws SQLException {
        String sql = "SELECT to_regclass('ledger.transfer') IS NOT NULL AS installed";
        return Sql.query(connection, sql, row -> row.getBoolean("installed")).getFirst();
    }

    private static String text(String resource) {
        try (InputStream stream = LedgerSchema.class.getClassLoader().getResourceAsStream(resource)) {
            Check.invariant(stream != null, resource + " is not on the class path");
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
