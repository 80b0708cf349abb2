package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.Outcome.Posted;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A stranger, such as somebody at a psql prompt, keeps an account locked. */
final class HeldAccountTest {
    private final LedgerFixture books = new LedgerFixture();
    private final AccountPath held = books.wallet("held");
    private final AccountPath free = books.wallet("free");

    @Test
    void everybody_else_goes_on_and_whoever_needs_the_account_is_answered_when_it_is_let_go() throws Exception {
        try (Connection stranger = hold(held)) {
            List<CompletableFuture<Outcome>> waiting = deposits("waiting", held, 20);
            for (CompletableFuture<Outcome> deposit : deposits("going", free, 20)) {
                assertThat(deposit.get(30, TimeUnit.SECONDS)).isInstanceOf(Posted.class);
            }
            List<CompletableFuture<Outcome>> later = deposits("later", held, 20);
            assertThat(books.ledger.submit(deposit("last", free))).isInstanceOf(Posted.class);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            assertThat(later).noneMatch(CompletableFuture::isDone);
            stranger.rollback();
            for (CompletableFuture<Outcome> deposit : waiting) {
                assertThat(deposit.get(30, TimeUnit.SECONDS)).isInstanceOf(Posted.class);
            }
            for (CompletableFuture<Outcome> deposit : later) {
                assertThat(deposit.get(30, TimeUnit.SECONDS)).isInstanceOf(Posted.class);
            }
        }
        assertThat(books.balance(held)).isEqualTo(40);
        assertThat(books.balance(free)).isEqualTo(21);
        RowSums.agree(books.dataSource, books.book);
    }

    @Test
    void a_pending_leg_of_a_held_account_waits_for_it_too() throws Exception {
        books.submit("seen", LedgerFixture.pend(LedgerFixture.BANK, held, 5));
        try (Connection stranger = hold(held)) {
            CompletableFuture<Outcome> settled =
                    books.ledger.submitAsync(books.posting("final", LedgerFixture.commit("seen")));
            assertThat(books.ledger.submit(deposit("one", free))).isInstanceOf(Posted.class);
            assertThat(settled).isNotDone();
            stranger.rollback();
            assertThat(settled.get(30, TimeUnit.SECONDS)).isInstanceOf(Posted.class);
        }
        assertThat(books.balance(held)).isEqualTo(5);
    }

    @Test
    void closing_answers_who_waits_for_a_held_account() throws Exception {
        Ledger other = Ledger.open(books.dataSource, books.clock);
        try (Connection stranger = hold(held)) {
            CompletableFuture<Outcome> waiting = other.submitAsync(deposit("waiting", held));
            assertThat(other.submit(deposit("going", free))).isInstanceOf(Posted.class);
            assertThat(waiting).isNotDone();
            stranger.rollback();
            other.close();
            assertThat(waiting).isDone();
            assertThat(waiting.get()).isInstanceOf(Posted.class);
        }
    }

    private Connection hold(AccountPath account) throws SQLException {
        Connection stranger = books.dataSource.getConnection();
        stranger.setAutoCommit(false);
        Sql.query(
                stranger,
                "SELECT 1 FROM ledger.account WHERE book = ? AND path = ? FOR UPDATE",
                row -> 1,
                books.book.value(),
                account.value());
        return stranger;
    }

    private List<CompletableFuture<Outcome>> deposits(String name, AccountPath account, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> books.ledger.submitAsync(deposit(name + "/" + number, account)))
                .toList();
    }

    /** From a till of its own for each account, because the bank would tie them together. */
    private Posting deposit(String reference, AccountPath account) {
        AccountPath till = AccountPath.of("till/" + account);
        books.ledger.openAccount(
                books.book, AccountSpec.withoutFloor(till.value(), LedgerFixture.USD), "test", "a till");
        return books.posting(reference, LedgerFixture.move(till, account, 1));
    }
}
