package io.bursar.ledger.archive;

import io.bursar.ledger.BookId;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/**
 * The SQL of archives: rows go out and come in as the server's own COPY text, one line each. COPY takes no parameters;
 * a book is a UUID and can be written into the statement.
 */
final class ArchiveStore {
    private static final int SENT_BYTES = 1 << 16;

    private final Connection connection;

    interface RowReader {
        void read(byte[] row);
    }

    ArchiveStore(Connection connection) {
        this.connection = connection;
    }

    void beginReading() throws SQLException {
        begin("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }

    void beginWriting() throws SQLException {
        begin("SET TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE");
    }

    /** The settings that decide how values are written, and none that ends a transaction because it is long. */
    private void begin(String transaction) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(transaction);
            statement.execute("SET LOCAL TIME ZONE 'UTC'");
            statement.execute("SET LOCAL datestyle = 'ISO, YMD'");
            statement.execute("SET LOCAL bytea_output = 'hex'");
            statement.execute("SET LOCAL statement_timeout = 0");
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
        }
    }

    boolean hasBook(BookId book) throws SQLException {
        String sql = "SELECT 1 FROM ledger.book WHERE id = '" + book + "'::uuid";
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            return found.next();
        }
    }

    void read(Section section, BookId book, RowReader rows) throws SQLException {
        String key = section.columns().getFirst();
        CopyOut out = copies().copyOut("COPY (SELECT %s FROM ledger.%s WHERE %s = '%s'::uuid ORDER BY %s) TO STDOUT"
                .formatted(String.join(", ", section.columns()), section.table, key, book, section.order));
        try {
            byte[] row = out.readFromCopy();
            while (row != null) {
                rows.read(row);
                row = out.readFromCopy();
            }
        } finally {
            if (out.isActive()) {
                out.cancelCopy();
            }
        }
    }

    Rows write(Section section) throws SQLException {
        return new Rows(copies().copyIn("COPY ledger.%s (%s) FROM STDIN"
                .formatted(section.table, String.join(", ", section.columns()))));
    }

    /** Rows on their way into a table, sent many at a time. What was not ended is taken back. */
    static final class Rows implements AutoCloseable {
        private final CopyIn copy;
        private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(2 * SENT_BYTES);

        private Rows(CopyIn copy) {
            this.copy = copy;
        }

        void add(byte[] row, int length) throws SQLException {
            waiting.write(row, 0, length);
            if (waiting.size() >= SENT_BYTES) {
                send();
            }
        }

        void end() throws SQLException {
            send();
            copy.endCopy();
        }

        private void send() throws SQLException {
            copy.writeToCopy(waiting.toByteArray(), 0, waiting.size());
            waiting.reset();
        }

        @Override
        public void close() throws SQLException {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private CopyManager copies() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}
