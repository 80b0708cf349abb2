package io.bursar.ledger.proof;

import io.bursar.ledger.BookId;
import io.bursar.ledger.proof.Manifest.Opening;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The SQL of verifying: rows are streamed as binary COPY, because that is several times faster than a result set and
 * takes no memory. COPY takes no parameters; a book is a UUID and can be written into the statement.
 */
final class ProofStore {
    static final int PERIOD_CLOSED_THROUGH = 0;
    static final int PERIOD_ORDINAL = 1;
    static final int PERIOD_LAST_HASH = 2;

    private final Connection connection;
    private final String book;

    ProofStore(Connection connection, BookId book) {
        this.connection = connection;
        this.book = "'" + book.value() + "'::uuid";
    }

    /** One view of the book for all that follows. */
    void begin() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        }
        readInOrder();
    }

    /** For the transaction that is open: rows are read in the order of an index, never sorted. */
    void readInOrder() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL enable_sort = off");
            statement.execute("SET LOCAL jit = off");
            statement.execute("SET LOCAL statement_timeout = 0");
        }
    }

    /** Name and opening of the book; null when there is not exactly one. */
    @Nullable
    Opening book() throws SQLException {
        String sql = "SELECT name, extract(epoch FROM opened_at)::text AS opened FROM ledger.book WHERE id = " + book;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            Opening found = result.next() ? new Opening(result.getString("name"), result.getString("opened")) : null;
            return result.next() ? null : found;
        }
    }

    /** How many events there are besides those that opened accounts. */
    long laterEvents() throws SQLException {
        String sql = "SELECT count(*) AS events FROM ledger.account_event WHERE sequence > 0 AND book = " + book;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong("events");
        }
    }

    void events(Consumer<byte[]> rows) throws SQLException {
        String columns = Layout.EVENT.names("e");
        stream(
                "SELECT " + columns + " FROM ledger.account_event e WHERE e.book = " + book
                        + " ORDER BY e.account, e.sequence",
                rows);
    }

    void transfers(Consumer<byte[]> rows) throws SQLException {
        String columns = Layout.TRANSFER.names("t");
        stream("SELECT " + columns + " FROM ledger.transfer t WHERE t.book = " + book + " ORDER BY t.id", rows);
    }

    void settlements(Consumer<byte[]> rows) throws SQLException {
        String settlement = "s." + String.join(", s.", SettlementCheck.SETTLEMENT);
        String original = "o." + String.join(", o.", SettlementCheck.ORIGINAL);
        stream("""
                SELECT %s, %s
                FROM ledger.transfer s LEFT JOIN ledger.transfer o ON o.book = s.book AND o.id = s.settles
                WHERE s.book = %s AND s.settles IS NOT NULL
                ORDER BY s.settles, s.settle_ordinal
                """.formatted(settlement, original, book), rows);
    }

    void accounts(Consumer<byte[]> rows) throws SQLException {
        stream("SELECT " + AccountCheck.COLUMNS + " FROM ledger.account WHERE book = " + book + " ORDER BY id", rows);
    }

    void periodCloses(Consumer<byte[]> rows) throws SQLException {
        String columns = Layout.PERIOD_CLOSE.names("c");
        stream(
                "SELECT " + columns + " FROM ledger.period_close c WHERE c.book = " + book + " ORDER BY c.ordinal",
                rows);
    }

    /** How far the book is closed, how often, and the last hash of its closings. */
    void period(Consumer<byte[]> rows) throws SQLException {
        stream("SELECT closed_through, ordinal, last_hash FROM ledger.period WHERE book = " + book, rows);
    }

    static Row periodRow() {
        return new Row(PERIOD_LAST_HASH + 1);
    }

    /** References under which more than one posting begins; the index on references answers this alone. */
    void repeatedReferences(Consumer<byte[]> rows) throws SQLException {
        stream("""
                SELECT t.reference FROM ledger.transfer t
                WHERE t.book = %s AND t.leg = 0 AND t.part = 0
                GROUP BY t.reference HAVING count(*) > 1
                """.formatted(book), rows);
    }

    void stream(String select, Consumer<byte[]> rows) throws SQLException {
        String copy = "COPY (" + select + ") TO STDOUT (FORMAT binary)";
        CopyOut out = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy);
        try {
            byte[] message = out.readFromCopy();
            while (message != null) {
                rows.accept(message);
                message = out.readFromCopy();
            }
        } finally {
            if (out.isActive()) {
                out.cancelCopy();
            }
        }
    }
}
