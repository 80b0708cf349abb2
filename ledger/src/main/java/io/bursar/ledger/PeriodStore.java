package io.bursar.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SQL of periods, and of what is final once they are closed. */
final class PeriodStore {
    /** Nobody can begin to post to the book while its closing waits. */
    private static final int LOCK_WAIT_MS_MAX = 1_000;

    private static final String TURN = "hashtextextended('ledger.period/' || %s::text, 0)";

    private static final String SHARE =
            "SELECT pg_advisory_xact_lock_shared(" + TURN.formatted("b.id") + ") FROM unnest(?::uuid[]) b (id)";

    private static final Column<BookId> BOOKS = Column.uuid("book", BookId::value);

    private final Connection connection;

    PeriodStore(Connection connection) {
        this.connection = connection;
    }

    /**
     * Keeps these books from being closed until the transaction ends, after waiting for whoever is closing one. It is
     * not the row that is shared: its lock lets new sharers pass a waiting closer for ever, and this one is given in
     * the order of asking.
     */
    static void share(Trip trip, Connection connection, Set<BookId> books) throws SQLException {
        trip.with(SHARE, _ -> {}, BOOKS.of(connection, books));
    }

    /** How far a book is closed, and the end of the chain of its closings. */
    record Period(int ordinal, @Nullable LocalDate closedThrough, Instant lastAt, Hash lastHash) {}

    /** Waits for whoever is posting to the book, and keeps it from everybody else until the transaction ends. */
    Optional<Period> lock(BookId book) throws SQLException {
        Sql.query(connection, "SELECT set_config('lock_timeout', ?, true)", row -> 0, LOCK_WAIT_MS_MAX + "ms");
        Sql.query(
                connection, "SELECT pg_advisory_xact_lock(" + TURN.formatted("?::uuid") + ")", row -> 0, book.value());
        String lock = "SELECT p.book FROM ledger.period p WHERE p.book = ? FOR UPDATE OF p";
        Sql.query(connection, lock, row -> 0, book.value());
        String sql = """
                SELECT p.ordinal, p.closed_through, p.last_hash, coalesce(c.at, b.opened_at) AS last_at
                FROM ledger.period p
                JOIN ledger.book b ON b.id = p.book
                LEFT JOIN ledger.period_close c ON c.book = p.book AND c.ordinal = p.ordinal
                WHERE p.book = ?
                """;
        return Sql.query(connection, sql, PeriodStore::period, book.value()).stream()
                .findFirst();
    }

    private static Period period(ResultSet row) throws SQLException {
        return new Period(
                row.getInt("ordinal"),
                row.getObject("closed_through", LocalDate.class),
                Sql.instant(row, "last_at"),
                Hash.stored(row.getBytes("last_hash")));
    }

    void write(PeriodClose close) throws SQLException {
        byte[] hash = HexFormat.of().parseHex(close.hash());
        String append = """
                INSERT INTO ledger.period_close (book, ordinal, closed_through, at, actor, reason, hash)
                VALUES (?, ?, ?, ?::timestamptz, ?, ?, ?)
                """;
        Sql.update(
                connection,
                append,
                close.book().value(),
                close.ordinal(),
                close.through(),
                close.at().toString(),
                close.actor(),
                close.reason(),
                hash);
        String sql = "UPDATE ledger.period SET ordinal = ?, closed_through = ?, last_hash = ? WHERE book = ?";
        Sql.update(
                connection,
                sql,
                close.ordinal(),
                close.through(),
                hash,
                close.book().value());
    }

    List<PeriodClose> closes(BookId book, int before, int limit) throws SQLException {
        String sql = """
                SELECT c.book, c.ordinal, c.closed_through, c.at, c.actor, c.reason, c.hash FROM ledger.period_close c
                WHERE c.book = ? AND c.ordinal < ? ORDER BY c.ordinal DESC LIMIT ?
                """;
        return Sql.query(connection, sql, PeriodStore::close, book.value(), before, limit);
    }

    private static PeriodClose close(ResultSet row) throws SQLException {
        return new PeriodClose(
                new BookId(Sql.uuid(row, "book")),
                row.getInt("ordinal"),
                row.getObject("closed_through", LocalDate.class),
                Sql.instant(row, "at"),
                row.getString("actor"),
                row.getString("reason"),
                Hash.stored(row.getBytes("hash")).toString());
    }

    /** Balances and pending sums by the dates on which transfers took effect, of the accounts that had any. */
    List<TrialBalance> trialBalance(BookId book, LocalDate through) throws SQLException {
        String sql = """
                WITH moved AS (
                    SELECT t.debit_account, t.credit_account,
                           CASE WHEN t.kind IN ('PEND', 'RELEASE', 'EXPIRE') THEN 0 ELSE t.amount END AS posted,
                           CASE t.kind WHEN 'PEND' THEN t.amount
                                WHEN 'COMMIT' THEN -t.amount WHEN 'RELEASE' THEN -t.amount WHEN 'EXPIRE' THEN -t.amount
                                ELSE 0 END AS pending
                    FROM ledger.transfer t
                    WHERE t.book = ? AND t.effective_date <= ?
                ), side AS (
                    SELECT debit_account AS account, -posted AS posted, pending AS debits, 0 AS credits FROM moved
                    UNION ALL
                    SELECT credit_account, posted, 0, pending FROM moved
                ), balance AS (
                    SELECT account, sum(posted::numeric) AS posted, sum(debits::numeric) AS debits,
                           sum(credits::numeric) AS credits
                    FROM side GROUP BY account
                )
                SELECT a.unit_code, a.unit_scale, count(*) AS accounts,
                       coalesce(sum(-s.posted) FILTER (WHERE s.posted < 0), 0) AS debit_balances,
                       coalesce(sum(s.posted) FILTER (WHERE s.posted > 0), 0) AS credit_balances,
                       sum(s.debits) AS pending_debits, sum(s.credits) AS pending_credits
                FROM balance s JOIN ledger.account a ON a.book = ? AND a.id = s.account
                GROUP BY a.unit_code, a.unit_scale
                ORDER BY a.unit_code, a.unit_scale
                """;
        return Sql.query(connection, sql, HistoryStore::trialBalance, book.value(), through, book.value());
    }
}
