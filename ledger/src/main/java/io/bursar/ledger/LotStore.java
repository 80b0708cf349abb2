package io.bursar.ledger;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that reads an account of lots through its lots: it has no rows of its own. */
final class LotStore {
    /** After everything that is not endless, in the database's words. */
    private static final String NEVER = "infinity";

    private final Connection connection;

    LotStore(Connection connection) {
        this.connection = connection;
    }

    /** An open lot and where a page that ends with it ended. */
    record Found(OpenLot lot, Position position) {}

    /** Lots are spent and listed in this order; expiry as the database writes it. */
    record Position(String expiresAt, UUID id) {
        static final Position START = new Position("-infinity", new UUID(0, 0));

        static Position parse(String cursor) {
            int separator = cursor.lastIndexOf('_');
            Check.argument(separator > 0, "cursor", cursor, "one that a page ended with");
            String expiresAt = cursor.substring(0, separator);
            if (!expiresAt.equals(NEVER)) {
                StatementCursor.parse(expiresAt + "_0");
            }
            return new Position(expiresAt, UUID.fromString(cursor.substring(separator + 1)));
        }

        @Override
        public String toString() {
            return expiresAt + "_" + id;
        }
    }

    List<Found> open(BookId book, AccountPath parent, Position after, int limit) throws SQLException {
        String sql = """
                SELECT a.id, a.path, a.source, a.expires_at, a.posted, a.pending_debits FROM ledger.account a
                WHERE a.book = ? AND a.parent = ? AND (a.posted <> 0 OR a.pending_debits <> 0 OR a.pending_credits <> 0)
                  AND (coalesce(a.expires_at, 'infinity'), a.id) > (?::timestamptz, ?)
                ORDER BY a.expires_at, a.id LIMIT ?
                """;
        return Sql.query(
                connection, sql, LotStore::found, book.value(), parent.value(), after.expiresAt(), after.id(), limit);
    }

    private static Found found(ResultSet row) throws SQLException {
        Instant expiresAt = Sql.instantOrNull(row, "expires_at");
        OpenLot lot = new OpenLot(
                new AccountPath(row.getString("path")),
                row.getString("source"),
                expiresAt,
                row.getLong("posted"),
                row.getLong("pending_debits"));
        return new Found(lot, new Position(expiresAt == null ? NEVER : expiresAt.toString(), Sql.uuid(row, "id")));
    }

    /** A line of one of the lots, with the account's balance after it. */
    record LotLine(UUID lot, StatementLine line) {
        LotCursor cursor() {
            long before = line.balance() - line.change();
            return new LotCursor(line.transfer().postedAt(), lot, line.sequence(), before);
        }
    }

    /**
     * Newest first: each lot gives its newest lines, and the newest of all come first. Lines of one instant are told
     * lot by lot. The account's balance is read with the first page and counted down from there.
     */
    List<LotLine> statement(BookId book, AccountPath parent, @Nullable LotCursor before, int limit)
            throws SQLException {
        String side = """
                (SELECT '%1$s' AS side, t.%1$s_sequence AS sequence, t.* FROM ledger.transfer t
                 WHERE t.book = l.book AND t.%1$s_account = l.id AND t.posted_at <= c.posted_at
                   AND (t.posted_at, l.id, t.%1$s_sequence) < (c.posted_at, c.lot, c.sequence)
                 ORDER BY t.posted_at DESC, t.%1$s_sequence DESC LIMIT c.page)
                """;
        String rows = """
                (SELECT p.posted AS parent_balance, l.id AS lot, s.*
                 FROM (VALUES (?::timestamptz, ?::uuid, ?::bigint, ?::integer)) c (posted_at, lot, sequence, page)
                 JOIN ledger.account p ON p.book = ? AND p.path = ?
                 JOIN ledger.account l ON l.book = p.book AND l.parent = p.path
                 CROSS JOIN LATERAL (%s UNION ALL %s) s
                 ORDER BY s.posted_at DESC, l.id DESC, s.sequence DESC LIMIT ?)
                """.formatted(side.formatted("debit"), side.formatted("credit"));
        Running running = new Running(before);
        return Sql.query(
                connection,
                HistoryStore.toldFrom(rows) + " ORDER BY t.posted_at DESC, t.lot DESC, t.sequence DESC",
                running::line,
                before == null ? NEVER : before.postedAt().toString(),
                before == null ? new UUID(-1, -1) : before.lot(),
                before == null ? Long.MAX_VALUE : before.sequence(),
                limit,
                book.value(),
                parent.value(),
                limit);
    }

    /** Counts the balance down from line to line. */
    private static final class Running {
        private @Nullable Long balance;

        private Running(@Nullable LotCursor before) {
            balance = before == null ? null : before.balance();
        }

        LotLine line(ResultSet row) throws SQLException {
            long after = balance == null ? row.getLong("parent_balance") : balance;
            StatementLine own = HistoryStore.line(row);
            balance = Math.subtractExact(after, own.change());
            StatementLine line =
                    new StatementLine(own.transfer(), own.counterparty(), own.sequence(), own.change(), after);
            return new LotLine(Sql.uuid(row, "lot"), line);
        }
    }

    /** What the lots held together after their last lines at or before the instant. */
    long balanceAt(BookId book, AccountPath parent, Instant instant) throws SQLException {
        String sql = """
                SELECT coalesce(sum(b.balance::numeric), 0) AS balance
                FROM ledger.account l
                CROSS JOIN LATERAL (
                    SELECT s.balance FROM (
                        (SELECT t.debit_sequence AS sequence, t.debit_balance AS balance FROM ledger.transfer t
                         WHERE t.book = l.book AND t.debit_account = l.id AND t.posted_at <= ?::timestamptz
                         ORDER BY t.posted_at DESC, t.debit_sequence DESC LIMIT 1)
                        UNION ALL
                        (SELECT t.credit_sequence AS sequence, t.credit_balance AS balance FROM ledger.transfer t
                         WHERE t.book = l.book AND t.credit_account = l.id AND t.posted_at <= ?::timestamptz
                         ORDER BY t.posted_at DESC, t.credit_sequence DESC LIMIT 1)) s
                    ORDER BY s.sequence DESC LIMIT 1) b
                WHERE l.book = ? AND l.parent = ?
                """;
        String at = instant.toString();
        List<BigDecimal> sums = new ArrayList<>(
                Sql.query(connection, sql, row -> row.getBigDecimal("balance"), at, at, book.value(), parent.value()));
        return sums.getFirst().longValueExact();
    }
}
