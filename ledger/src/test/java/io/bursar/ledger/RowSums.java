package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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
                ), sums AS (
                    SELECT account, count(*) AS lines,
                        coalesce(sum(side.amount) FILTER (WHERE kind IN ('MOVE', 'COMMIT')), 0) AS posted,
                        coalesce(sum(abs(side.amount) * CASE kind WHEN 'PEND' THEN 1 WHEN 'MOVE' THEN 0 ELSE -1 END)
                            FILTER (WHERE side = 'debit'), 0) AS pending_debits,
                        coalesce(sum(abs(side.amount) * CASE kind WHEN 'PEND' THEN 1 WHEN 'MOVE' THEN 0 ELSE -1 END)
                            FILTER (WHERE side = 'credit'), 0) AS pending_credits
                    FROM side
                    GROUP BY account
                )
                SELECT a.path FROM ledger.account a LEFT JOIN sums s ON s.account = a.id
                WHERE a.book = ? AND (a.posted, a.pending_debits, a.pending_credits, a.sequence) IS DISTINCT FROM
                    (coalesce(s.posted, 0), coalesce(s.pending_debits, 0), coalesce(s.pending_credits, 0),
                     coalesce(s.lines, 0))
                """;
        return Sql.query(connection, sql, row -> row.getString(1), book.value(), book.value(), book.value());
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
                GROUP BY reference HAVING count(*) <> max(legs) OR count(DISTINCT content_hash) > 1
                """;
        return Sql.query(connection, sql, row -> row.getString(1), book.value());
    }
}
