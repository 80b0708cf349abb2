package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bursar.ledger.Outcome.Duplicate;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.Rejected;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is submitted while the lane's first batch waits at a gate becomes its second batch. */
final class LaneTest {
    private static final LedgerOptions SMALL =
            new LedgerOptions(1, 100, Posting.LEGS_MAX, LedgerOptions.DEFAULT.patience());

    private final LedgerFixture books = new LedgerFixture();
    private final AccountPath wallet = books.wallet("wallet");
    private final Gate gate = new Gate();
    private final Ledger ledger = Ledger.open(gate.before(books.dataSource), books.clock, SMALL);

    @BeforeEach
    void fillFirstBatch() throws InterruptedException {
        assertThat(deposit("first")).isNotDone();
        gate.awaitSomebody();
    }

    @AfterEach
    void close() {
        gate.open();
        ledger.close();
    }

    @Test
    void postings_that_wait_together_are_posted_in_one_batch_in_the_order_they_came() throws Exception {
        List<CompletableFuture<Outcome>> answers = deposits(50);
        gate.open();
        for (int number = 0; number < answers.size(); number++) {
            Posted posted = (Posted) answers.get(number).get();
            assertThat(posted.legs().getFirst().credit().balance()).isEqualTo(number + 2);
        }
        RowSums.agree(books.dataSource, books.book);
    }

    @Test
    void one_reference_twice_in_a_batch_is_posted_and_repeated_and_with_other_content_refused() throws Exception {
        CompletableFuture<Outcome> one = deposit("same");
        CompletableFuture<Outcome> two = deposit("same");
        CompletableFuture<Outcome> other = ledger.submitAsync(books.posting("same", books.deposit(wallet, 2)));
        gate.open();
        assertThat(two.get()).isEqualTo(new Duplicate((Posted) one.get()));
        assertThat(((Rejected) other.get()).reason()).isEqualTo(RejectionReason.REFERENCE_CONFLICT);
        assertThat(books.balance(wallet)).isEqualTo(2);
    }

    @Test
    void a_refusal_in_a_batch_leaves_the_others_be_and_is_not_remembered() throws Exception {
        Posting spend = books.posting("spend", LedgerFixture.move(wallet, LedgerFixture.BANK, 3));
        CompletableFuture<Outcome> early = ledger.submitAsync(spend);
        List<CompletableFuture<Outcome>> deposits = deposits(5);
        CompletableFuture<Outcome> late = ledger.submitAsync(spend);
        gate.open();
        assertThat(((Rejected) early.get()).reason()).isEqualTo(RejectionReason.INSUFFICIENT_FUNDS);
        assertThat(late.get()).isInstanceOf(Posted.class);
        assertThat(deposits).allMatch(deposit -> deposit.join() instanceof Posted);
        assertThat(books.balance(wallet)).isEqualTo(3);
    }

    @Test
    void a_posting_that_the_database_cannot_take_fails_alone() throws Exception {
        List<CompletableFuture<Outcome>> before = deposits(30);
        CompletableFuture<Outcome> poison = ledger.submitAsync(
                Posting.of(books.book, "poison", "test", "no text may hold a \u0000", books.deposit(wallet, 100)));
        CompletableFuture<Outcome> after = deposit("after");
        gate.open();
        assertThatThrownBy(poison::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(before).allMatch(deposit -> deposit.join() instanceof Posted);
        assertThat(after.get()).isInstanceOf(Posted.class);
        assertThat(books.balance(wallet)).isEqualTo(32);
        RowSums.agree(books.dataSource, books.book);
    }

    @Test
    void the_bulk_of_one_book_does_not_delay_a_posting_to_another_by_more_than_a_batch() throws Exception {
        LedgerFixture neighbour = new LedgerFixture();
        AccountPath till = neighbour.wallet("till");
        List<CompletableFuture<Outcome>> bulk = deposits(300);
        CompletableFuture<Boolean> single = ledger.submitAsync(neighbour.posting("one", neighbour.deposit(till, 1)))
                .thenApply(_ -> bulk.get(150).isDone());
        gate.open();
        assertThat(single.get()).isFalse();
        assertThat(bulk.getLast().get()).isInstanceOf(Posted.class);
    }

    @Test
    void more_than_may_wait_is_refused_and_harms_nothing_that_waits() throws Exception {
        Leg[] legs = Collections.nCopies(1_000, books.deposit(wallet, 1)).toArray(Leg[]::new);
        List<CompletableFuture<Outcome>> taken = IntStream.range(0, 5)
                .mapToObj(number -> ledger.submitAsync(books.posting("large/" + number, legs)))
                .toList();
        Posting refused = books.posting("large/5", legs);
        assertThatThrownBy(() -> ledger.submit(refused))
                .isInstanceOf(LedgerBusyException.class)
                .hasMessageContaining("expected: room for 1000 more");
        gate.open();
        assertThat(taken).allMatch(posting -> posting.join() instanceof Posted);
        assertThat(ledger.submit(refused)).isInstanceOf(Posted.class);
        assertThat(books.balance(wallet)).isEqualTo(6_001);
    }

    @Test
    void closing_posts_what_waits_and_refuses_what_comes_later() throws Exception {
        List<CompletableFuture<Outcome>> waiting = deposits(20);
        Thread closing = Thread.ofVirtual().start(ledger::close);
        await().until(() -> closing.getState() == Thread.State.WAITING);
        gate.open();
        closing.join();
        assertThat(waiting).allMatch(deposit -> deposit.getNow(LATE) instanceof Posted);
        assertThatThrownBy(() -> ledger.submit(books.posting("late", books.deposit(wallet, 1))))
                .isInstanceOf(LedgerBusyException.class);
        assertThat(ledger.account(books.book, wallet).orElseThrow().balance()).isEqualTo(21);
    }

    private static final Outcome LATE = new Outcome.OutcomeUnknown("not answered when the ledger was closed");

    @Test
    void who_is_interrupted_before_his_turn_has_posted_nothing() throws Exception {
        AtomicReference<Throwable> told = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                ledger.submit(books.posting("interrupted", books.deposit(wallet, 100)));
            } catch (LedgerUnavailableException unavailable) {
                told.set(unavailable);
            }
        });
        await().until(() -> caller.getState() == Thread.State.WAITING);
        CompletableFuture<Outcome> next = deposit("next");
        caller.interrupt();
        caller.join();
        gate.open();
        assertThat(told.get()).hasMessageContaining("interrupted before its turn");
        assertThat(next.get(30, TimeUnit.SECONDS)).isInstanceOf(Posted.class);
        assertThat(books.balance(wallet)).isEqualTo(2);
    }

    private List<CompletableFuture<Outcome>> deposits(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> deposit("deposit/" + number))
                .toList();
    }

    private CompletableFuture<Outcome> deposit(String reference) {
        return ledger.submitAsync(books.posting(reference, books.deposit(wallet, 1)));
    }
}
