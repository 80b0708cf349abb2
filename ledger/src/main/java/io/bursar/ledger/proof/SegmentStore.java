package io.bursar.ledger.proof;

import io.bursar.ledger.BookId;
import io.bursar.ledger.TransferId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;

/** The SQL of proofs: rows of an account between two of its sequences, each with the hashes of the rows before it. */
final class SegmentStore {
    static final int DEBTOR_BEFORE = Layout.TRANSFER.columns().size();
    static final int CREDITOR_BEFORE = DEBTOR_BEFORE + 1;
    static final int EVENT_BEFORE = Layout.EVENT.columns().size();

    private final ProofStore store;
    private final String book;

    SegmentStore(Connection connection, BookId book) {
        store = new ProofStore(connection, book);
        this.book = literal(book.value());
    }

    static Row transferRow() {
        return new Row(CREDITOR_BEFORE + 1);
    }

    static Row eventRow() {
        return new Row(EVENT_BEFORE + 1);
    }

    void begin() throws SQLException {
        store.begin();
    }

    void transfer(TransferId transfer, Consumer<byte[]> rows) throws SQLException {
        store.stream(transfers("t.id = " + literal(transfer.value())), rows);
    }

    void transfers(UUID account, long since, long first, long last, Consumer<byte[]> rows) throws SQLException {
        String posted = " AND t.posted_at >= " + instant(since);
        for (String side : new String[] {"debit", "credit"}) {
            String sequence = " AND t.%s_sequence BETWEEN %d AND %d".formatted(side, first, last);
            store.stream(transfers("t." + side + "_account = " + literal(account) + posted + sequence), rows);
        }
    }

    private String transfers(String which) {
        return """
                SELECT %s, %s, %s FROM ledger.transfer t WHERE t.book = %s AND %s
                """.formatted(
                        Layout.TRANSFER.names("t"),
                        before("t.debit_account", "t.debit_sequence", "t.posted_at"),
                        before("t.credit_account", "t.credit_sequence", "t.posted_at"),
                        book,
                        which);
    }

    void events(UUID account, long since, long first, long last, Consumer<byte[]> rows) throws SQLException {
        store.stream(
                """
                SELECT %s, %s FROM ledger.account_event e
                WHERE e.book = %s AND e.account = %s AND e.sequence BETWEEN %d AND %d AND e.at >= %s
                """.formatted(
                                Layout.EVENT.names("e"),
                                before("e.account", "e.sequence", "e.at"),
                                book,
                                literal(account),
                                first,
                                last,
                                instant(since)),
                rows);
    }

    /** The hash of an account's row before this one, whichever of three places it is in. */
    private String before(String account, String sequence, String at) {
        return """
                (SELECT hash FROM (
                    (SELECT b.debit_sequence AS sequence, b.hash FROM ledger.transfer b
                     WHERE b.book = %1$s AND b.debit_account = %2$s AND b.posted_at <= %4$s
                       AND b.debit_sequence < %3$s
                     ORDER BY b.posted_at DESC, b.debit_sequence DESC LIMIT 1)
                    UNION ALL
                    (SELECT b.credit_sequence, b.hash FROM ledger.transfer b
                     WHERE b.book = %1$s AND b.credit_account = %2$s AND b.posted_at <= %4$s
                       AND b.credit_sequence < %3$s
                     ORDER BY b.posted_at DESC, b.credit_sequence DESC LIMIT 1)
                    UNION ALL
                    (SELECT b.sequence, b.hash FROM ledger.account_event b
                     WHERE b.book = %1$s AND b.account = %2$s AND b.sequence < %3$s
                     ORDER BY b.sequence DESC LIMIT 1)) row_before
                 ORDER BY sequence DESC LIMIT 1)
                """.formatted(book, account, sequence, at).strip();
    }

    private static String literal(UUID id) {
        return "'" + id + "'::uuid";
    }

    private static String instant(long micros) {
        return "'" + Text.instant(micros) + "'::timestamptz";
    }
}
