package io.bursar.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bursar.Floors;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Outcome;
import io.bursar.ledger.Posting;
import io.bursar.ledger.Reference;
import io.bursar.ledger.Unit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A decided posting is posted and completed exactly once, wherever its process dies. */
class PostingsTest {
    private static final Unit USD = new Unit("USD", 2);
    private static final Heard HEARD = new Heard();
    private static final Floors FLOORS = Floors.start(
            Map.of(),
            context -> context.registerBean("heard", PostingHandler.class, () -> HEARD),
            "ledger",
            "audit",
            "errorlog",
            "books");

    private final Postings postings = FLOORS.bean(Postings.class);
    private final BookId book = FLOORS.bean(Books.class).open("test/" + UUID.randomUUID());

    PostingsTest() {
        FLOORS.bean(Books.class)
                .ledger()
                .openAccounts(
                        book,
                        List.of(AccountSpec.withoutFloor("bank", USD), AccountSpec.of("wallet", USD)),
                        "test",
                        "test");
        // What other tests left open on purpose is finished first.
        HEARD.deaths = 0;
        sweep();
        HEARD.calls.clear();
    }

    @AfterAll
    static void stop() {
        FLOORS.close();
    }

    @Test
    void a_posting_is_completed_in_the_transaction_that_settles_it() {
        UUID intent = decide(deposit("deposit/1", 500));

        assertThat(balance()).isZero();
        assertThat(postings.settle(intent)).isEqualTo(Settlement.POSTED);
        assertThat(balance()).isEqualTo(500);
        assertThat(HEARD.calls).containsExactly("posted deposit/1 500");
        assertThat(postings.settle(intent)).isEqualTo(Settlement.POSTED);
        assertThat(HEARD.calls).hasSize(1);
    }

    @Test
    void a_rejection_is_told_and_nothing_is_posted() {
        UUID intent = decide(posting("withdraw/1", new Leg.Move(path("wallet"), path("bank"), 1, USD)));

        assertThat(postings.settle(intent)).isEqualTo(Settlement.REJECTED);
        assertThat(HEARD.calls).containsExactly("rejected withdraw/1 INSUFFICIENT_FUNDS");
        assertThat(balance()).isZero();
    }

    @Test
    void dead_before_the_decision_commits_leaves_nothing() {
        FLOORS.transactions().executeWithoutResult(status -> {
            postings.decide(Heard.NAME, "test/1", deposit("deposit/2", 500));
            status.setRollbackOnly();
        });
        sweep();

        assertThat(balance()).isZero();
        assertThat(HEARD.calls).isEmpty();
    }

    @Test
    void dead_between_decision_and_posting_is_finished_by_the_sweeper() {
        decide(deposit("deposit/3", 500));
        sweep();
        sweep();

        assertThat(balance()).isEqualTo(500);
        assertThat(HEARD.calls).containsExactly("posted deposit/3 500");
    }

    @Test
    void dead_between_posting_and_completion_is_finished_by_the_sweeper() {
        UUID intent = decide(deposit("deposit/4", 500));
        HEARD.deaths = 1;

        assertThatIllegalStateException().isThrownBy(() -> postings.settle(intent));
        assertThat(balance()).isEqualTo(500);
        assertThat(HEARD.calls).isEmpty();

        sweep();
        sweep();
        assertThat(balance()).isEqualTo(500);
        assertThat(HEARD.calls).containsExactly("posted deposit/4 500");
    }

    @Test
    void the_sweeper_leaves_alone_what_is_being_settled() {
        decide(deposit("deposit/5", 500));
        FLOORS.bean(PostingSweeper.class).run();

        assertThat(balance()).isZero();
    }

    @Test
    void one_that_cannot_be_completed_keeps_no_other_waiting() {
        decide(deposit("deposit/6", 1));
        decide(deposit("deposit/7", 1));
        HEARD.deaths = 1;
        sweep();

        assertThat(balance()).isEqualTo(2);
        assertThat(HEARD.calls).hasSize(1);
        sweep();
        assertThat(HEARD.calls).hasSize(2);
    }

    @Test
    void settled_by_many_at_once_it_is_completed_once() throws Exception {
        UUID intent = decide(deposit("deposit/8", 500));
        Callable<Settlement> settle = () -> postings.settle(intent);
        List<Settlement> settlements = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : threads.invokeAll(Collections.nCopies(16, settle))) {
                settlements.add(each.get());
            }
        }

        assertThat(settlements).contains(Settlement.POSTED).doesNotContain(Settlement.REJECTED);
        assertThat(balance()).isEqualTo(500);
        assertThat(HEARD.calls).containsExactly("posted deposit/8 500");
    }

    @Test
    void while_one_settles_nobody_else_asks_the_ledger() {
        UUID intent = decide(deposit("deposit/9", 700));
        assertThat(FLOORS.bean(PostingIntentStore.class).lease(intent)).isPresent();

        assertThat(postings.settle(intent)).isEqualTo(Settlement.OPEN);
        assertThat(balance()).isZero();
        sweep();
        assertThat(balance()).isEqualTo(700);
    }

    @Test
    void a_posting_comes_back_from_the_database_as_it_was_decided() {
        var legs = List.<Leg>of(
                new Leg.Pend(path("bank"), path("wallet"), Long.MAX_VALUE, USD),
                new Leg.Move(path("bank"), path("wallet"), 1, USD),
                new Leg.Commit(new Reference("chain/1"), 3),
                new Leg.Release(new Reference("chain/2"), 0));
        var decided =
                new Posting(book, new Reference("all/1"), legs, LocalDate.parse("2026-03-02"), "memo", "system/test");
        UUID intent = decide(decided);

        assertThat(FLOORS.bean(PostingIntentStore.class)
                        .lease(intent)
                        .orElseThrow()
                        .posting())
                .isEqualTo(decided);
    }

    private Posting deposit(String reference, long amount) {
        return posting(reference, new Leg.Move(path("bank"), path("wallet"), amount, USD));
    }

    private Posting posting(String reference, Leg leg) {
        return Posting.of(book, reference, "system/test", "test", leg);
    }

    private UUID decide(Posting posting) {
        UUID intent = FLOORS.transactions().execute(_ -> postings.decide(Heard.NAME, "test/1", posting));
        assertThat(intent).isNotNull();
        return intent;
    }

    private static void sweep() {
        new SuddenDeath(FLOORS).sweep();
    }

    private long balance() {
        return FLOORS.bean(Books.class)
                .ledger()
                .account(book, path("wallet"))
                .orElseThrow()
                .balance();
    }

    private static AccountPath path(String path) {
        return AccountPath.of(path);
    }

    /** Remembers what it was told, and dies when the test wants it to. */
    private static final class Heard implements PostingHandler {
        static final String NAME = "test-heard";
        final List<String> calls = new CopyOnWriteArrayList<>();
        volatile int deaths;

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void posted(PostingIntent intent, Outcome.Posted outcome) {
            dieIfTold();
            calls.add("posted %s %d"
                    .formatted(
                            intent.posting().reference(),
                            outcome.legs().getFirst().amount()));
        }

        @Override
        public void rejected(PostingIntent intent, Outcome.Rejected outcome) {
            dieIfTold();
            calls.add("rejected %s %s".formatted(intent.posting().reference(), outcome.reason()));
        }

        private synchronized void dieIfTold() {
            if (deaths > 0) {
                deaths--;
                throw new IllegalStateException("the test kills it here");
            }
        }
    }
}
