package io.bursar.ledger;

import static io.bursar.ledger.LedgerFixture.BANK;
import static io.bursar.ledger.LedgerFixture.USD;
import static io.bursar.ledger.LedgerFixture.commit;
import static io.bursar.ledger.LedgerFixture.move;
import static io.bursar.ledger.LedgerFixture.pend;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.Rejected;
import io.bursar.ledger.PeriodClosing.Closed;
import io.bursar.ledger.PeriodClosing.ClosedBefore;
import io.bursar.ledger.PeriodClosing.NotOver;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A closed period stays as it was found. The fixture's clock stands at noon of 1 March. */
final class PeriodTest {
    private static final LocalDate FEBRUARY = LocalDate.parse("2026-02-28");
    private static final LocalDate MARCH = LocalDate.parse("2026-03-31");

    private static final int POSTINGS_MAX = 500;

    private final LedgerFixture books = new LedgerFixture();
    private final Ledger ledger = books.ledger;
    private final AccountPath wallet = books.wallet("wallet");

    @Test
    void a_day_is_closed_once_and_only_when_it_is_over() {
        assertThat(close(LocalDate.parse("2026-03-01")))
                .isEqualTo(new NotOver(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-01")));
        assertThat(close(FEBRUARY)).isInstanceOf(Closed.class);
        assertThat(close(FEBRUARY)).isEqualTo(new ClosedBefore(FEBRUARY, FEBRUARY));
        assertThat(close(FEBRUARY.minusDays(1))).isInstanceOf(ClosedBefore.class);
        BookId nowhere = new BookId(UUID.randomUUID());
        assertThat(ledger.closePeriod(nowhere, FEBRUARY, "ann", "month end"))
                .isEqualTo(new PeriodClosing.UnknownBook(nowhere));
    }

    @Test
    void nothing_takes_effect_in_a_closed_period_unless_it_may_be_redated() {
        close(FEBRUARY);
        Posting late = dated("late", FEBRUARY, Posting.LateDate.REFUSE);
        assertThat(((Rejected) ledger.submit(late)).reason()).isEqualTo(RejectionReason.PERIOD_CLOSED);
        assertThat(ledger.submit(dated("late", FEBRUARY, Posting.LateDate.REDATE)))
                .isInstanceOf(Posted.class);
        Transfer redated = ledger.posting(books.book, new Reference("late")).getFirst();
        assertThat(redated.effectiveDate()).isEqualTo("2026-03-01");
        assertThat(redated.askedDate()).isEqualTo(FEBRUARY);
    }

    @Test
    void closings_are_listed_newest_first_and_chained_by_hash_from_the_first_on() {
        close(FEBRUARY);
        books.clock.advance(Duration.ofDays(40));
        close(MARCH);
        List<PeriodClose> closes = ledger.periods(books.book, null, 10).items();
        assertThat(closes).extracting(PeriodClose::through).containsExactly(MARCH, FEBRUARY);
        assertThat(closes).extracting(PeriodClose::hash).doesNotHaveDuplicates();
        ChainCheck.rederive(books.dataSource, books.book);
    }

    @Test
    void a_trial_balance_by_date_counts_what_had_taken_effect_and_is_final_once_closed() {
        books.submit("in", books.deposit(wallet, 100));
        ledger.submit(dated("backdated", FEBRUARY, Posting.LateDate.REFUSE));
        books.submit("seen", pend(BANK, wallet, 5));
        LocalDate first = LocalDate.parse("2026-03-01");
        books.clock.advance(Duration.ofDays(1));
        books.submit("final", commit("seen"));
        TrialBalance firstOfMarch = new TrialBalance(USD, 2, 107, 107, 5, 5);
        assertThat(ledger.trialBalance(books.book, FEBRUARY)).containsExactly(new TrialBalance(USD, 2, 7, 7, 0, 0));
        assertThat(ledger.trialBalance(books.book, first)).containsExactly(firstOfMarch);
        close(first);
        ledger.submit(dated("late", first, Posting.LateDate.REDATE));
        assertThat(ledger.trialBalance(books.book, first)).containsExactly(firstOfMarch);
        assertThat(ledger.trialBalance(books.book, first.plusDays(1)))
                .containsExactly(new TrialBalance(USD, 2, 119, 119, 0, 0));
    }

    @Test
    void whoever_posts_is_in_before_a_closing_or_finds_the_period_closed() throws Exception {
        int posters = 24;
        CountDownLatch half = new CountDownLatch(posters / 2);
        List<Callable<Outcome>> calls = new ArrayList<>();
        for (int number = 0; number < posters; number++) {
            Posting posting = dated("dated/" + number, FEBRUARY, Posting.LateDate.REFUSE);
            calls.add(() -> {
                half.countDown();
                return ledger.submit(posting);
            });
        }
        List<Transfer> closedWith;
        try (ExecutorService threads = Executors.newFixedThreadPool(posters)) {
            List<Future<Outcome>> outcomes = calls.stream().map(threads::submit).toList();
            half.await();
            assertThat(close(FEBRUARY)).isInstanceOf(Closed.class);
            closedWith = ledger.transfers(books.book, null, 100).items();
            for (Future<Outcome> outcome : outcomes) {
                outcome.get();
            }
        }
        assertThat(ledger.transfers(books.book, null, 100).items()).isEqualTo(closedWith);
    }

    @Test
    void closing_waits_for_a_posting_that_is_not_committed_yet() throws Exception {
        try (ExecutorService closer = Executors.newSingleThreadExecutor();
                Connection connection = books.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            Outcome posted = ledger.post(connection, dated("early", FEBRUARY, Posting.LateDate.REFUSE));
            assertThat(posted).isInstanceOf(Posted.class);
            Future<PeriodClosing> closing = closer.submit(() -> close(FEBRUARY));
            awaitWaiter(connection, closing);
            assertThat(closing.isDone()).isFalse();
            connection.commit();
            connection.setAutoCommit(true);
            assertThat(closing.get()).isInstanceOf(Closed.class);
        }
        assertThat(ledger.trialBalance(books.book, FEBRUARY)).containsExactly(new TrialBalance(USD, 2, 7, 7, 0, 0));
    }

    @Test
    void a_book_that_is_posted_to_without_a_pause_can_be_closed() throws Exception {
        int posters = 8;
        AtomicBoolean closed = new AtomicBoolean();
        CountDownLatch posting = new CountDownLatch(posters);
        List<Future<Boolean>> stopped = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(posters)) {
            for (int poster = 0; poster < posters; poster++) {
                AccountPath own = books.wallet("wallet/" + poster);
                stopped.add(threads.submit(() -> {
                    for (int number = 0; number < POSTINGS_MAX && !closed.get(); number++) {
                        books.submit(own + "/" + number, books.deposit(own, 1));
                        posting.countDown();
                    }
                    return closed.get();
                }));
            }
            posting.await();
            assertThat(close(FEBRUARY)).isInstanceOf(Closed.class);
            closed.set(true);
            for (Future<Boolean> stoppedByClosing : stopped) {
                assertThat(stoppedByClosing.get()).isTrue();
            }
        }
    }

    private static void awaitWaiter(Connection connection, Future<?> waiter) throws SQLException {
        String sql = "SELECT count(*) AS waiting FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))";
        while (!waiter.isDone()
                && Sql.query(connection, sql, row -> row.getLong("waiting")).getFirst() == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void the_journal_of_a_period_is_csv_with_one_line_for_each_transfer_in_it() {
        Posting awkward = Posting.of(
                books.book, "in, \"quoted\"", "ann", "two\nlines", books.deposit(wallet, 39), move(wallet, BANK, 1));
        ledger.submit(awkward);
        books.clock.advance(Duration.ofDays(1));
        books.submit("tomorrow", books.deposit(wallet, 1));
        StringBuilder csv = new StringBuilder();
        LocalDate first = LocalDate.parse("2026-03-01");
        assertThat(ledger.journal(books.book, first, first, csv)).isEqualTo(2);
        Transfer transfer =
                ledger.posting(books.book, new Reference("in, \"quoted\"")).getFirst();
        assertThat(csv.toString())
                .startsWith("effective_date,posted_at,transfer,reference,leg,part,kind,debit,credit,amount,unit,scale,"
                        + "debit_balance,credit_balance,settles,asked_date,expires_at,memo,actor,hash\r\n"
                        + "2026-03-01,2026-03-01T12:00:00Z," + transfer.id() + ",\"in, \"\"quoted\"\"\",0,0,MOVE,bank,"
                        + "wallet,39,USD,2,-39,39,,,,\"two\nlines\",ann," + transfer.hash() + "\r\n")
                .doesNotContain("tomorrow");
    }

    private PeriodClosing close(LocalDate through) {
        return ledger.closePeriod(books.book, through, "ann", "month end");
    }

    private Posting dated(String reference, LocalDate date, Posting.LateDate late) {
        return new Posting(
                books.book, new Reference(reference), List.of(books.deposit(wallet, 7)), date, late, "", "test");
    }
}
