package io.bursar.ledger;

import static io.bursar.ledger.LedgerFixture.BANK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.ledger.Outcome.Duplicate;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.Rejected;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class JoinedPostingTest {
    private final LedgerFixture books = new LedgerFixture();
    private final AccountPath wallet = books.wallet("wallet");

    @Test
    void a_joined_posting_lives_and_dies_with_its_transaction() throws SQLException {
        Posting posting = books.posting("a", books.deposit(wallet, 5));
        try (Connection connection = transaction()) {
            assertThat(books.ledger.post(connection, posting)).isInstanceOf(Posted.class);
            connection.rollback();
        }
        assertThat(books.balance(wallet)).isZero();
        try (Connection connection = transaction()) {
            assertThat(books.ledger.post(connection, posting)).isInstanceOf(Posted.class);
            connection.commit();
        }
        assertThat(books.ledger.submit(posting)).isInstanceOf(Duplicate.class);
        assertThat(books.balance(wallet)).isEqualTo(5);
    }

    @Test
    void a_refusal_leaves_the_transaction_usable() throws SQLException {
        try (Connection connection = transaction()) {
            Outcome refused = books.ledger.post(connection, books.posting("a", LedgerFixture.move(wallet, BANK, 5)));
            assertThat(refused).isInstanceOf(Rejected.class);
            assertThat(books.ledger.post(connection, books.posting("b", books.deposit(wallet, 5))))
                    .isInstanceOf(Posted.class);
            connection.commit();
        }
        assertThat(books.balance(wallet)).isEqualTo(5);
    }

    @Test
    void a_reference_that_another_transaction_is_writing_is_answered_when_that_one_ends() throws Exception {
        AccountPath other = books.wallet("other");
        try (ExecutorService threads = Executors.newSingleThreadExecutor();
                Connection first = transaction()) {
            books.ledger.post(first, books.posting("same", books.deposit(wallet, 5)));
            Posting conflicting = books.posting("same", LedgerFixture.move(AccountPath.of("bank2"), other, 5));
            books.open(AccountSpec.withoutFloor("bank2", LedgerFixture.USD));
            Future<Outcome> second = threads.submit(() -> joined(conflicting));
            first.commit();
            assertThat(((Rejected) second.get()).reason()).isEqualTo(RejectionReason.REFERENCE_CONFLICT);
        }
        assertThat(books.balance(other)).isZero();
        RowSums.agree(books.dataSource, books.book);
    }

    @Test
    void an_account_that_somebody_keeps_locked_is_not_waited_for() throws SQLException {
        try (Connection holder = transaction();
                Connection connection = transaction()) {
            books.ledger.post(holder, books.posting("a", books.deposit(wallet, 5)));
            Posting blocked = books.posting("b", books.deposit(wallet, 5));
            assertThatThrownBy(() -> books.ledger.post(connection, blocked))
                    .isInstanceOf(LedgerUnavailableException.class);
            connection.rollback();
            holder.rollback();
        }
        assertThat(books.balance(wallet)).isZero();
    }

    @Test
    void a_connection_without_a_transaction_is_refused() throws SQLException {
        try (Connection connection = books.dataSource.getConnection()) {
            Posting posting = books.posting("a", books.deposit(wallet, 5));
            assertThatThrownBy(() -> books.ledger.post(connection, posting))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private Outcome joined(Posting posting) throws SQLException {
        try (Connection connection = transaction()) {
            Outcome outcome = books.ledger.post(connection, posting);
            connection.commit();
            return outcome;
        }
    }

    private Connection transaction() throws SQLException {
        Connection connection = books.dataSource.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }
}
