package io.bursar.ledger;

import io.bursar.ledger.Outcome.SideAfter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that reads what was posted. */
final class HistoryStore {
    static final String TRANSFER = """
            SELECT t.book, t.id, t.reference, t.leg, t.part, t.legs, t.kind, d.unit_code, d.unit_scale, t.amount,
                   d.path AS debit_path, t.debit_sequence, t.debit_balance,
                   c.path AS credit_path, t.credit_sequence, t.credit_balance,
                   t.settles, t.effective_date, t.asked_date, t.expires_at, t.posted_at, t.memo, t.actor, t.hash
            FROM %s t
            JOIN ledger.account d ON d.book = t.book AND d.id = t.debit_account
            JOIN ledger.account c ON c.book = t.book AND c.id = t.credit_account
            """;
    static final String FROM_TRANSFER = TRANSFER.formatted("ledger.transfer");

    private final Connection connection;

    HistoryStore(Connection connection) {
        this.connection = connection;
    }

    List<Transfer> posting(BookId book, Reference reference) throws SQLException {
        String sql = FROM_TRANSFER + " WHERE t.book = ? AND t.reference = ? ORDER BY t.leg, t.part";
        return Sql.query(connection, sql, HistoryStore::transfer, book.value(), reference.value());
    }

    Optional<Transfer> transfer(BookId book, TransferId id) throws SQLException {
        String sql = FROM_TRANSFER + " WHERE t.book = ? AND t.id = ?";
        return Sql.query(connection, sql, HistoryStore::transfer, book.value(), id.value()).stream()
                .findFirst();
    }

    /** What is left is known from the last row that settles it, and never grows. */
    Optional<Hold> hold(BookId book, TransferId id) throws SQLException {
        Optional<Transfer> pending = transfer(book, id).filter(found -> found.kind() == Transfer.Kind.PEND);
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        String sql = """
                SELECT coalesce(sum(s.amount) FILTER (WHERE s.kind = 'COMMIT'), 0) AS committed,
                       coalesce(min(s.remaining), ?) AS remaining
                FROM ledger.transfer s WHERE s.book = ? AND s.settles = ?
                """;
        Transfer row = pending.get();
        return Sql.query(
                        connection,
                        sql,
                        sums -> new Hold(row, exact(sums, "committed"), sums.getLong("remaining")),
                        row.amount(),
                        book.value(),
                        id.value())
                .stream()
                .findFirst();
    }

    List<Transfer> transfers(BookId book, @Nullable UUID before, int limit) throws SQLException {
        String sql =
                FROM_TRANSFER + " WHERE t.book = ? AND (?::uuid IS NULL OR t.id < ?::uuid) ORDER BY t.id DESC LIMIT ?";
        return Sql.query(connection, sql, HistoryStore::transfer, book.value(), before, before, limit);
    }

    /**
     * Newest first, merged from the account's two indexes: posting time never falls along its sequence, so that both
     * give their rows in the order asked for and none is read that is not told.
     */
    List<StatementLine> statement(BookId book, UUID account, @Nullable StatementCursor before, int limit)
            throws SQLException {
        String at = before == null ? "infinity" : before.postedAt().toString();
        long sequence = before == null ? Long.MAX_VALUE : before.sequence();
        String rows = """
                ((SELECT 'debit' AS side, t.debit_sequence AS sequence, t.* FROM ledger.transfer t
                  WHERE t.book = ? AND t.debit_account = ? AND (t.posted_at, t.debit_sequence) < (?::timestamptz, ?)
                  ORDER BY t.posted_at DESC, t.debit_sequence DESC LIMIT ?)
                 UNION ALL
                 (SELECT 'credit' AS side, t.credit_sequence AS sequence, t.* FROM ledger.transfer t
                  WHERE t.book = ? AND t.credit_account = ? AND (t.posted_at, t.credit_sequence) < (?::timestamptz, ?)
                  ORDER BY t.posted_at DESC, t.credit_sequence DESC LIMIT ?)
                 ORDER BY posted_at DESC, sequence DESC LIMIT ?)
                """;
        UUID in = book.value();
        return Sql.query(
                connection,
                toldFrom(rows) + " ORDER BY t.posted_at DESC, t.sequence DESC",
                HistoryStore::line,
                in,
                account,
                at,
                sequence,
                limit,
                in,
                account,
                at,
                sequence,
                limit,
                limit);
    }

    /** The balance after the last line at or before the instant: one probe of each of the account's two indexes. */
    long balanceAt(BookId book, UUID account, Instant instant) throws SQLException {
        String sql = """
                SELECT s.balance FROM (
                    (SELECT t.debit_sequence AS sequence, t.debit_balance AS balance FROM ledger.transfer t
                     WHERE t.book = ? AND t.debit_account = ? AND t.posted_at <= ?::timestamptz
                     ORDER BY t.posted_at DESC, t.debit_sequence DESC LIMIT 1)
                    UNION ALL
                    (SELECT t.credit_sequence AS sequence, t.credit_balance AS balance FROM ledger.transfer t
                     WHERE t.book = ? AND t.credit_account = ? AND t.posted_at <= ?::timestamptz
                     ORDER BY t.posted_at DESC, t.credit_sequence DESC LIMIT 1)) s
                ORDER BY s.sequence DESC LIMIT 1
                """;
        UUID in = book.value();
        String at = instant.toString();
        List<Long> balance =
                Sql.query(connection, sql, row -> row.getLong("balance"), in, account, at, in, account, at);
        return balance.isEmpty() ? 0L : balance.getFirst();
    }

    List<TrialBalance> trialBalance(BookId book) throws SQLException {
        String sql = """
                SELECT a.unit_code, a.unit_scale, count(*) AS accounts,
                       coalesce(sum(-a.posted::numeric) FILTER (WHERE a.posted < 0), 0) AS debit_balances,
                       coalesce(sum(a.posted::numeric) FILTER (WHERE a.posted > 0), 0) AS credit_balances,
                       sum(a.pending_debits::numeric) AS pending_debits,
                       sum(a.pending_credits::numeric) AS pending_credits
                FROM ledger.account a
                WHERE a.book = ? AND a.lapses_to IS NULL
                GROUP BY a.unit_code, a.unit_scale
                ORDER BY a.unit_code, a.unit_scale
                """;
        return Sql.query(connection, sql, HistoryStore::trialBalance, book.value());
    }

    static TrialBalance trialBalance(ResultSet row) throws SQLException {
        return new TrialBalance(
                Sql.unit(row),
                row.getLong("accounts"),
                exact(row, "debit_balances"),
                exact(row, "credit_balances"),
                exact(row, "pending_debits"),
                exact(row, "pending_credits"));
    }

    /** A sum that does not fit is refused and never rounded. */
    private static long exact(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column).longValueExact();
    }

    /** Reads transfers from rows that have more columns than a transfer, and gives those too. */
    static String toldFrom(String rows) {
        return TRANSFER.formatted(rows).replaceFirst("SELECT", "SELECT t.*,");
    }

    /** A transfer as the account at its {@code side} sees it. */
    static StatementLine line(ResultSet row) throws SQLException {
        Transfer transfer = transfer(row);
        boolean debited = row.getString("side").equals("debit");
        SideAfter own = debited ? transfer.debit() : transfer.credit();
        SideAfter other = debited ? transfer.credit() : transfer.debit();
        long posted = transfer.kind().postsBalance() ? transfer.amount() : 0;
        return new StatementLine(transfer, other.account(), own.sequence(), debited ? -posted : posted, own.balance());
    }

    static Transfer transfer(ResultSet row) throws SQLException {
        UUID settles = row.getObject("settles", UUID.class);
        return new Transfer(
                new TransferId(Sql.uuid(row, "id")),
                new BookId(Sql.uuid(row, "book")),
                new Reference(row.getString("reference")),
                row.getInt("leg"),
                row.getInt("part"),
                row.getInt("legs"),
                Transfer.Kind.valueOf(row.getString("kind")),
                Sql.unit(row),
                row.getLong("amount"),
                side(row, "debit"),
                side(row, "credit"),
                settles == null ? null : new TransferId(settles),
                row.getObject("effective_date", LocalDate.class),
                row.getObject("asked_date", LocalDate.class),
                Sql.instantOrNull(row, "expires_at"),
                Sql.instant(row, "posted_at"),
                row.getString("memo"),
                row.getString("actor"),
                Hash.stored(row.getBytes("hash")).toString());
    }

    private static SideAfter side(ResultSet row, String side) throws SQLException {
        return new SideAfter(
                new AccountPath(row.getString(side + "_path")),
                row.getLong(side + "_sequence"),
                row.getLong(side + "_balance"));
    }
}
