package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ConcurrencyTest {
    private static final int POSTINGS_PER_THREAD = 60;

    @Test
    void sixty_four_threads_over_fifty_accounts_leave_balances_that_are_the_sum_of_their_rows() throws Exception {
        RandomLoad load = new RandomLoad(new LedgerFixture(), Seeds.next());
        try (ExecutorService threads = RandomLoad.threads()) {
            for (Future<?> thread : load.start(threads, POSTINGS_PER_THREAD)) {
                thread.get();
            }
        }
        assertThat(load.unanswered).isEmpty();
        assertThat(load.acknowledged).hasSizeGreaterThan(1_000);
        assertThat(load.rejected).hasPositiveValue();
        load.check();
    }

    @Test
    void one_posting_made_by_everybody_at_once_posts_once() throws Exception {
        LedgerFixture books = new LedgerFixture();
        AccountPath wallet = books.wallet("wallet");
        Posting posting = books.posting("once", books.deposit(wallet, 5));
        try (ExecutorService threads = RandomLoad.threads()) {
            assertThat(posted(threads, Collections.nCopies(64, () -> books.ledger.submit(posting))))
                    .isOne();
        }
        assertThat(books.balance(wallet)).isEqualTo(5);
        RowSums.agree(books.dataSource, books.book);
    }

    @Test
    void one_hold_settled_by_everybody_at_once_is_settled_once() throws Exception {
        LedgerFixture books = new LedgerFixture();
        AccountPath wallet = books.wallet("wallet");
        books.submit("seen", LedgerFixture.pend(LedgerFixture.BANK, wallet, 5));
        try (ExecutorService threads = RandomLoad.threads()) {
            List<Callable<Outcome>> settlers = IntStream.range(0, 64)
                    .<Callable<Outcome>>mapToObj(number -> () -> books.submit(
                            "settle/" + number,
                            number % 2 == 0 ? LedgerFixture.commit("seen") : LedgerFixture.release("seen")))
                    .toList();
            assertThat(posted(threads, settlers)).isOne();
        }
        assertThat(books.account(wallet).pendingCredits()).isZero();
        RowSums.agree(books.dataSource, books.book);
    }

    private static int posted(ExecutorService threads, List<Callable<Outcome>> calls) throws Exception {
        int posted = 0;
        for (Future<Outcome> outcome : threads.invokeAll(calls)) {
            posted += outcome.get() instanceof Outcome.Posted ? 1 : 0;
        }
        return posted;
    }
}
