package io.bursar.upkeep;

import io.bursar.platform.Migrator;
import io.bursar.upkeep.BackupManifest.SequencePosition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Rows out of all tables in one view of the database, and into them; text, which every version of the server reads. */
final class CopyStore {
    private static final List<String> FORMATS = List.of(
            "SET LOCAL TIME ZONE 'UTC'",
            "SET LOCAL datestyle = 'ISO, YMD'",
            "SET LOCAL intervalstyle = 'postgres'",
            "SET LOCAL bytea_output = 'hex'",
            "SET LOCAL extra_float_digits = 1",
            "SET LOCAL statement_timeout = 0",
            "SET LOCAL lock_timeout = '30s'",
            "SET LOCAL idle_in_transaction_session_timeout = 0");

    private final Connection connection;

    CopyStore(Connection connection) {
        this.connection = connection;
    }

    /**
     * Begins the one view. The tables are locked before anything is read: a table that is rewritten while its snapshot
     * is older would look empty.
     */
    void beginReading(List<TableShape> tables) throws SQLException {
        begin("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        String names = tables.stream().map(TableShape::quotedName).collect(Collectors.joining(", "));
        execute("LOCK TABLE " + names + " IN ACCESS SHARE MODE");
    }

    void beginWriting() throws SQLException {
        begin("SET TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE");
    }

    private void begin(String transaction) throws SQLException {
        connection.setAutoCommit(false);
        execute(transaction);
        for (String format : FORMATS) {
            execute(format);
        }
    }

    long read(TableShape table, OutputStream out) throws SQLException, IOException {
        return copies().copyOut(
                        "COPY (SELECT %s FROM %s) TO STDOUT (ENCODING 'UTF8')"
                                .formatted(table.quotedColumns(), table.quotedName()),
                        out);
    }

    /** In place of the rows that migrations put there. */
    long write(TableShape table, InputStream in) throws SQLException, IOException {
        if (hasRows(table)) { // asked first, because history refuses to be emptied even when it is empty
            execute("DELETE FROM " + table.quotedName());
        }
        return copies().copyIn(
                        "COPY %s (%s) FROM STDIN (ENCODING 'UTF8')"
                                .formatted(table.quotedName(), table.quotedColumns()),
                        in);
    }

    /** {@code gap} numbers are left out. Fails when there are not that many left. */
    void advance(SequencePosition position, long gap) throws SQLException {
        Long last = position.last();
        if (last == null && gap == 0) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT setval(?::regclass, ?)")) {
            statement.setString(1, TableShape.quoted(position.schema()) + "." + TableShape.quoted(position.name()));
            statement.setLong(2, (last == null ? 0 : last) + gap);
            statement.execute();
        }
    }

    void markUnfinished() throws SQLException {
        execute("CREATE SCHEMA " + Migrator.UNFINISHED_RESTORE);
    }

    void markFinished() throws SQLException {
        execute("DROP SCHEMA " + Migrator.UNFINISHED_RESTORE);
    }

    void drop(Collection<String> schemas) throws SQLException {
        for (String schema : schemas) {
            execute("DROP SCHEMA IF EXISTS " + TableShape.quoted(schema) + " CASCADE");
        }
    }

    void analyze() throws SQLException {
        execute("ANALYZE");
    }

    private boolean hasRows(TableShape table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT FROM " + table.quotedName() + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private CopyManager copies() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}
