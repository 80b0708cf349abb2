package io.bursar.ledger;

import static io.bursar.ledger.LedgerFixture.BANK;
import static io.bursar.ledger.LedgerFixture.commit;
import static io.bursar.ledger.LedgerFixture.move;
import static io.bursar.ledger.LedgerFixture.pend;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HashChainTest {
    private final LedgerFixture books = new LedgerFixture();

    @BeforeEach
    void post() {
        AccountPath wallet = books.wallet("wallet");
        AccountPath shop = books.wallet("shop");
        books.submit("linked", books.deposit(wallet, 100), move(wallet, shop, 40), move(shop, wallet, 1));
        books.submit("seen", pend(BANK, wallet, 5));
        books.submit("final", commit("seen"));
    }

    @Test
    void every_hash_follows_from_the_rows_from_the_first_one_on() throws SQLException {
        assertThat(ChainCheck.rederive(books.dataSource, books.book)).isEqualTo(5);
        RowSums.agree(books.dataSource, books.book);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amount = amount + 1",
                "memo = 'other'",
                "posted_at = posted_at + interval '1 microsecond'",
                "effective_date = effective_date + 1",
                "debit_balance = debit_balance + 1",
                "reference = reference || 'x'",
                "hash = sha256(hash)"
            })
    void a_changed_row_does_not_fit_its_hash(String change) throws SQLException {
        changeHistory("UPDATE ledger.transfer SET " + change + " WHERE debit_sequence = 2 AND book = ?");
        assertThatThrownBy(() -> ChainCheck.rederive(books.dataSource, books.book))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void a_missing_row_breaks_its_chains() throws SQLException {
        changeHistory("DELETE FROM ledger.transfer WHERE debit_sequence = 1 AND book = ?");
        assertThatThrownBy(() -> ChainCheck.rederive(books.dataSource, books.book))
                .isInstanceOf(AssertionError.class);
    }

    /** What only the owner of the tables can do: take the guard away for a moment. */
    private void changeHistory(String sql) throws SQLException {
        try (Connection connection = books.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            Sql.update(connection, "ALTER TABLE ledger.transfer DISABLE TRIGGER append_only");
            assertThat(Sql.update(connection, sql, books.book.value())).isPositive();
            Sql.update(connection, "ALTER TABLE ledger.transfer ENABLE ALWAYS TRIGGER append_only");
            connection.commit();
        }
    }
}
