package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Asks the rows, in SQL of its own, whether they and the balances tell one story. */
final class RowSums {
    private RowSums() {}

    static void agree(DataSource dataSource, BookId book) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            assertThat(disagreements(connection, book)).isEmpty();
            assertThat(brokenLimits(connection, book)).isEmpty();
            assertThat(repeatedSequences(connection, book)).isEmpty();
            assertThat(repeatedReferences(connection, book)).isEmpty();
            assertThat(unequalSums(connection, book)).isEmpty();
        }
    }

    /** Accounts whose balance, pending sums or sequence are not what their rows add up to. */
    private static List<String> disagreements(Connection connection, BookId book) throws SQLException {
        String sql = """
                WITH side AS (
                    SELECT debit_account AS account, -amount AS amount, 'debit' AS side, kind FROM ledger.transfer
                    WHERE book = ?
                    UNION ALL
                    SELECT credit_account, amount, 'credit', kind FROM ledger.transfer WHERE book = ?
                ), effect AS (
                    SELECT account, side,
                        CASE WHEN kind IN ('PEND', 'RELEASE', 'EXPIRE') THEN 0 ELSE amount END AS posted,
                        abs(amount) * CASE WHEN kind = 'PEND' THEN 1
                                           WHEN kind IN ('COMMIT', 'RELEASE', 'EXPIRE') THEN -1 ELSE 0 END AS pending
                    FROM side
                ), sums AS (
                    SELECT a.id, coalesce(a.parent, a.path) AS owner, a.parent IS NOT NULL AS is_lot,
                        count(e.account) AS lines, coalesce(sum(e.posted), 0) AS posted,
                        coalesce(sum(e.pending) FILTER (WHERE e.side = 'debit'), 0) AS debits,
                        coalesce(sum(e.pending) FILTER (WHERE e.side = 'credit'), 0) AS credits
                    FROM ledger.account a LEFT JOIN effect e ON e.account = a.id
                    WHERE a.book = ? GROUP BY a.id, a.parent, a.path
                ), owners AS (
                    SELECT owner, sum(posted) AS posted, sum(debits) AS debits, sum(credits) AS credits FROM sums
                    GROUP BY owner
                ), events AS (
                    SELECT account, count(*) - 1 AS changes FROM ledger.account_event WHERE book = ? GROUP BY account
                )
                SELECT a.path || ' has ' || (a.posted, a.pending_debits, a.pending_credits, a.sequence)
                       || ' and its rows say ' || (o.posted, o.debits, o.credits, s.lines + e.changes)
                FROM ledger.account a
                JOIN sums s ON s.id = a.id
                JOIN events e ON e.account = a.id
                LEFT JOIN owners o ON o.owner = a.path
                WHERE a.book = ?
                  AND (a.posted::numeric, a.pending_debits::numeric, a.pending_credits::numeric, a.sequence)
                      IS DISTINCT FROM
                    CASE WHEN s.is_lot THEN (s.posted, s.debits, s.credits, s.lines + e.changes)
                         ELSE (o.posted, o.debits, o.credits, s.lines + e.changes) END
                """;
        UUID id = book.value();
        return Sql.query(connection, sql, row -> row.getString(1), id, id, id, id, id);
    }

    private static List<String> brokenLimits(Connection connection, BookId book) throws SQLException {
        String sql = """
                SELECT a.path || ' fell to ' || t.balance FROM (
                    SELECT debit_account AS account, debit_balance AS balance FROM ledger.transfer WHERE book = ?
                    UNION ALL
                    SELECT credit_account, credit_balance FROM ledger.transfer WHERE book = ?) t
                JOIN ledger.account a ON a.book = ? AND a.id = t.account
                WHERE t.balance < a.floor
                """;
        return Sql.query(connection, sql, row -> row.getString(1), book.value(), book.value(), book.value());
    }

    private static List<String> repeatedSequences(Connection connection, BookId book) throws SQLException {
        String sql = """
                SELECT account || ' has sequence ' || sequence || ' more than once' FROM (
                    SELECT debit_account AS account, debit_sequence AS sequence FROM ledger.transfer WHERE book = ?
                    UNION ALL
                    SELECT credit_account, credit_sequence FROM ledger.transfer WHERE book = ?) t
                GROUP BY account, sequence HAVING count(*) > 1
                """;
        return Sql.query(connection, sql, row -> row.getString(1), book.value(), book.value());
    }

    private static List<String> repeatedReferences(Connection connection, BookId book) throws SQLException {
        String sql = """
                SELECT reference FROM ledger.transfer WHERE book = ?
                GROUP BY reference HAVING count(DISTINCT leg) <> max(legs) OR count(DISTINCT content_hash) > 1
                """;
        return Sql.query(connection, sql, row -> row.getString(1), book.value());
    }

    /** Units of which the accounts together have anything at all; what one gained another lost. */
    private static List<String> unequalSums(Connection connection, BookId book) throws SQLException {
        String sql = """
                SELECT unit_code || ' adds up to ' || sum(posted) FROM ledger.account
                WHERE book = ? AND lapses_to IS NULL
                GROUP BY unit_code HAVING sum(posted) <> 0
                """;
        return Sql.query(connection, sql, row -> row.getString(1), book.value());
    }
}
