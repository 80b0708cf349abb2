package io.bursar.ledger;

import static io.bursar.ledger.LedgerFixture.BANK;
import static io.bursar.ledger.LedgerFixture.move;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bursar.ledger.Outcome.Duplicate;
import io.bursar.ledger.Outcome.OutcomeUnknown;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.Rejected;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many postings in one call, each on its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BulkTest {
    private static final LedgerOptions SMALL_BATCHES = new LedgerOptions(1, 100, 65_536, Duration.ofMillis(200));

    private final LedgerFixture books = new LedgerFixture();
    private final AccountPath wallet = books.wallet("wallet");

    @Test
    void each_is_answered_for_itself_and_a_later_one_spends_what_an_earlier_one_brings() throws SQLException {
        AccountPath shop = books.wallet("shop");
        List<Outcome> outcomes = books.ledger.submitAll(List.of(
                books.posting("too early", move(wallet, shop, 5)),
                deposit("deposit", 5),
                books.posting("payment", move(wallet, shop, 5)),
                deposit("deposit", 5),
                deposit("deposit", 6),
                books.posting("too late", move(wallet, shop, 1))));
        assertThat(rejection(outcomes.getFirst())).isEqualTo(RejectionReason.INSUFFICIENT_FUNDS);
        assertThat(outcomes.get(1)).isInstanceOf(Posted.class);
        assertThat(outcomes.get(2)).isInstanceOf(Posted.class);
        assertThat(outcomes.get(3)).isEqualTo(new Duplicate((Posted) outcomes.get(1)));
        assertThat(rejection(outcomes.get(4))).isEqualTo(RejectionReason.REFERENCE_CONFLICT);
        assertThat(rejection(outcomes.get(5))).isEqualTo(RejectionReason.INSUFFICIENT_FUNDS);
        assertThat(books.balance(shop)).isEqualTo(5);
        RowSums.agree(books.dataSource, books.book);
    }

    @Test
    void ten_thousand_are_posted_in_their_order_and_one_more_is_refused() throws SQLException {
        List<Posting> all = deposits(Ledger.BULK_LEGS_MAX);
        List<Outcome> outcomes = books.ledger.submitAll(all);
        for (int number = 0; number < outcomes.size(); number++) {
            assertThat(((Posted) outcomes.get(number))
                            .legs()
                            .getFirst()
                            .credit()
                            .balance())
                    .isEqualTo(number + 1);
        }
        List<Posting> tooMany = new ArrayList<>(all);
        tooMany.add(deposit("one more", 1));
        assertThatThrownBy(() -> books.ledger.submitAll(tooMany))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("legs of all postings: 10001 (expected: <= 10000)");
        assertThat(books.balance(wallet)).isEqualTo(Ledger.BULK_LEGS_MAX);
        assertThat(books.ledger.submitAll(List.of())).isEmpty();
        RowSums.agree(books.dataSource, books.book);
    }

    @Test
    void books_of_one_call_are_posted_side_by_side() {
        LedgerFixture other = new LedgerFixture();
        AccountPath till = other.wallet("till");
        List<Posting> mixed = new ArrayList<>();
        for (int number = 0; number < 300; number++) {
            mixed.add(deposit("deposit/" + number, 1));
            mixed.add(other.posting("deposit/" + number, other.deposit(till, 2)));
        }
        assertThat(books.ledger.submitAll(mixed)).hasOnlyElementsOfType(Posted.class);
        assertThat(books.balance(wallet)).isEqualTo(300);
        assertThat(other.balance(till)).isEqualTo(600);
    }

    @Test
    void bulks_that_report_the_same_facts_at_once_post_each_of_them_once() throws Exception {
        List<Posting> facts = deposits(2_500);
        try (ExecutorService threads = Executors.newFixedThreadPool(4);
                Ledger second = Ledger.open(books.dataSource, books.clock)) {
            List<Future<List<Outcome>>> calls = new ArrayList<>();
            for (Ledger node : List.of(books.ledger, second, books.ledger, second)) {
                calls.add(threads.submit(() -> node.submitAll(facts)));
            }
            int[] posted = new int[facts.size()];
            for (Future<List<Outcome>> call : calls) {
                List<Outcome> outcomes = call.get();
                for (int number = 0; number < posted.length; number++) {
                    posted[number] += outcomes.get(number) instanceof Posted ? 1 : 0;
                }
                assertThat(outcomes).allMatch(outcome -> outcome instanceof Posted || outcome instanceof Duplicate);
            }
            assertThat(posted).containsOnly(1);
        }
        assertThat(books.balance(wallet)).isEqualTo(2_500);
        RowSums.agree(books.dataSource, books.book);
    }

    @Test
    void when_the_database_goes_away_half_way_the_rest_is_unknown_and_repeating_the_call_posts_it() throws Exception {
        List<Posting> all = new ArrayList<>(deposits(1_000));
        all.set(10, books.posting("more than there is", move(wallet, BANK, 100_000)));
        all.set(990, books.posting("all of it", move(wallet, BANK, 989)));
        int known;
        try (Ledger away = Ledger.open(failing(number -> number > 3, "08001"), books.clock, SMALL_BATCHES)) {
            List<Outcome> outcomes = away.submitAll(all);
            known = (int) outcomes.stream()
                    .takeWhile(outcome -> !(outcome instanceof OutcomeUnknown))
                    .count();
            assertThat(known).isBetween(1, 300);
            assertThat(outcomes.subList(known, 1_000)).hasOnlyElementsOfType(OutcomeUnknown.class);
            assertThat(((OutcomeUnknown) outcomes.getLast()).message()).contains("nothing was posted");
        }
        List<Outcome> again = books.ledger.submitAll(all);
        assertThat(again.subList(0, known)).allMatch(outcome -> !(outcome instanceof Posted));
        assertThat(again.subList(known, 1_000)).hasOnlyElementsOfType(Posted.class);
        assertThat(books.balance(wallet)).isEqualTo(9);
        RowSums.agree(books.dataSource, books.book);
    }

    @Test
    void a_refusal_that_was_judged_without_what_came_before_it_is_told_as_unknown() throws Exception {
        Gate gate = new Gate();
        int foreseeingThemAndOne = 2;
        int attemptsOfBothAndOfOne = 3 + 10;
        int failing = foreseeingThemAndOne + attemptsOfBothAndOfOne;
        DataSource contended = failing(number -> number > 1 && number <= 1 + failing, "40001");
        try (Ledger ledger = Ledger.open(gate.before(contended), books.clock, SMALL_BATCHES)) {
            CompletableFuture<Outcome> first = ledger.submitAsync(deposit("first", 1));
            gate.awaitSomebody();
            FutureTask<List<Outcome>> bulk = new FutureTask<>(() ->
                    ledger.submitAll(List.of(deposit("deposit", 5), books.posting("spent", move(wallet, BANK, 6)))));
            Thread caller = Thread.ofVirtual().start(bulk);
            await().until(() -> caller.getState() == Thread.State.WAITING);
            gate.open();
            assertThat(first.get()).isInstanceOf(Posted.class);
            assertThat(bulk.get()).hasOnlyElementsOfType(OutcomeUnknown.class);
            assertThat(((OutcomeUnknown) bulk.get().getLast()).message()).contains("refused without knowing");
        }
    }

    @Test
    void when_nothing_could_be_posted_at_all_it_throws_like_a_single_posting() throws Exception {
        try (Ledger away = Ledger.open(failing(_ -> true, "08001"), books.clock, SMALL_BATCHES)) {
            assertThatThrownBy(() -> away.submitAll(deposits(300)))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("nothing was posted");
        }
        Ledger closed = Ledger.open(books.dataSource, books.clock);
        closed.close();
        assertThatThrownBy(() -> closed.submitAll(deposits(300)))
                .isInstanceOf(LedgerBusyException.class)
                .hasMessageContaining("closed");
        assertThat(books.balance(wallet)).isZero();
    }

    @Test
    void a_posting_the_database_cannot_take_is_our_bug_and_nothing_after_its_batch_is_posted() {
        try (Ledger ledger = Ledger.open(books.dataSource, books.clock, SMALL_BATCHES)) {
            List<Posting> all = new ArrayList<>(deposits(250));
            all.set(
                    120,
                    Posting.of(books.book, "poison", "test", "no text may hold a \u0000", books.deposit(wallet, 1)));
            assertThatThrownBy(() -> ledger.submitAll(all)).isInstanceOf(IllegalStateException.class);
            assertThat(books.balance(wallet)).isEqualTo(199);
        }
    }

    @Test
    void who_is_interrupted_is_told_what_was_posted_and_what_had_no_turn() throws Exception {
        Gate gate = new Gate();
        Ledger ledger = Ledger.open(gate.before(books.dataSource), books.clock, SMALL_BATCHES);
        CompletableFuture<Outcome> first = ledger.submitAsync(deposit("first", 1));
        gate.awaitSomebody();
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                ledger.submitAll(deposits(300));
            } catch (LedgerUnavailableException unavailable) {
                told.complete(unavailable);
            }
        });
        await().until(() -> caller.getState() == Thread.State.WAITING);
        caller.interrupt();
        assertThat(told.get(30, TimeUnit.SECONDS)).hasMessageContaining("interrupted before its turn");
        gate.open();
        assertThat(first.get()).isInstanceOf(Posted.class);
        ledger.close();
        assertThat(books.balance(wallet)).isEqualTo(1);
    }

    @Test
    void who_is_interrupted_while_posting_is_told_so_and_may_repeat_the_call() throws Exception {
        Gate gate = new Gate();
        Ledger ledger = Ledger.open(gate.before(books.dataSource), books.clock, SMALL_BATCHES);
        CompletableFuture<List<Outcome>> told = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> told.complete(ledger.submitAll(deposits(300))));
        gate.awaitSomebody();
        caller.interrupt();
        assertThat(told.get(30, TimeUnit.SECONDS)).hasOnlyElementsOfType(OutcomeUnknown.class);
        gate.open();
        ledger.close();
        assertThat(books.ledger.submitAll(deposits(300)))
                .hasAtLeastOneElementOfType(Duplicate.class)
                .hasAtLeastOneElementOfType(Posted.class)
                .hasSize(300);
        assertThat(books.balance(wallet)).isEqualTo(300);
    }

    @Test
    void a_bulk_leaves_room_in_its_lane_and_waits_for_room_when_others_have_taken_it() throws Exception {
        Gate gate = new Gate();
        Ledger ledger = Ledger.open(
                gate.before(books.dataSource),
                books.clock,
                new LedgerOptions(1, 100, Posting.LEGS_MAX, Duration.ofSeconds(15)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Outcome>> bulk = threads.submit(() -> ledger.submitAll(deposits(5_000)));
            gate.awaitSomebody();
            List<CompletableFuture<Outcome>> large = List.of(large(ledger, 4_950), large(ledger, 4_950));
            gate.open();
            assertThat(large).allMatch(posting -> posting.join() instanceof Posted);
            assertThat(bulk.get()).hasSize(5_000).hasOnlyElementsOfType(Posted.class);
        }
        ledger.close();
        assertThat(books.balance(wallet)).isEqualTo(5_000);
    }

    @Test
    void a_bulk_for_which_there_is_no_room_at_all_is_refused_before_anything_of_it_is_taken() throws Exception {
        Gate gate = new Gate();
        Ledger ledger = Ledger.open(
                gate.before(books.dataSource),
                books.clock,
                new LedgerOptions(1, 100, Posting.LEGS_MAX, Duration.ofSeconds(15)));
        CompletableFuture<Outcome> first = ledger.submitAsync(deposit("first", 1));
        gate.awaitSomebody();
        List<CompletableFuture<Outcome>> large = List.of(large(ledger, 5_000), large(ledger, 5_000));
        assertThatThrownBy(() -> ledger.submitAll(deposits(300))).isInstanceOf(LedgerBusyException.class);
        gate.open();
        assertThat(large).allMatch(posting -> posting.join() instanceof Posted);
        assertThat(first.get()).isInstanceOf(Posted.class);
        ledger.close();
        assertThat(books.balance(wallet)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothing_passes_an_earlier_posting_of_its_book_that_waits_for_a_held_account(boolean inOneBatch)
            throws Exception {
        AccountPath held = books.wallet("held");
        AccountPath shop = books.wallet("shop");
        books.submit("start", books.deposit(wallet, 10));
        List<Posting> inOrder = new ArrayList<>();
        inOrder.add(books.posting("wallet to held", move(wallet, held, 10)));
        IntStream.range(0, 50).forEach(number -> inOrder.add(books.posting("spent/" + number, move(wallet, shop, 10))));
        inOrder.add(books.posting("back again", move(held, wallet, 10)));
        IntStream.range(0, 250)
                .forEach(number -> inOrder.add(books.posting("at last/" + number, move(wallet, shop, 10))));

        LedgerFixture neighbour = new LedgerFixture();
        Posting single = neighbour.posting("single", neighbour.deposit(neighbour.wallet("till"), 1));
        Gate gate = new Gate();
        try (Ledger ledger = Ledger.open(gate.before(books.dataSource), books.clock, SMALL_BATCHES);
                Connection stranger = books.dataSource.getConnection()) {
            stranger.setAutoCommit(false);
            hold(stranger, held);
            if (inOneBatch) {
                assertThat(ledger.submitAsync(single)).isNotDone();
                gate.awaitSomebody();
            } else {
                gate.open();
            }
            FutureTask<List<Outcome>> bulk = new FutureTask<>(() -> ledger.submitAll(inOrder));
            Thread caller = Thread.ofVirtual().start(bulk);
            await().until(() -> caller.getState() == Thread.State.WAITING);
            gate.open();
            for (int number = 0; number < 20; number++) {
                assertThat(ledger.submit(single)).isNotInstanceOf(Rejected.class);
            }
            assertThat(bulk.isDone()).isFalse();
            assertThat(books.balance(wallet)).isEqualTo(10);
            stranger.rollback();
            List<Outcome> outcomes = bulk.get(60, TimeUnit.SECONDS);
            assertThat(IntStream.range(0, outcomes.size())
                            .filter(index -> outcomes.get(index) instanceof Posted)
                            .toArray())
                    .containsExactly(0, 51, 52);
        }
        RowSums.agree(books.dataSource, books.book);
    }

    private static void hold(Connection stranger, AccountPath account) throws SQLException {
        String sql = "SELECT 1 FROM ledger.account WHERE path = ? FOR UPDATE";
        Sql.query(stranger, sql, row -> 1, account.value());
    }

    /** A single posting of many legs to a book of its own. */
    private static CompletableFuture<Outcome> large(Ledger ledger, int legs) {
        LedgerFixture neighbour = new LedgerFixture();
        Leg deposit = neighbour.deposit(neighbour.wallet("till"), 1);
        return ledger.submitAsync(
                neighbour.posting("large", Collections.nCopies(legs, deposit).toArray(Leg[]::new)));
    }

    private List<Posting> deposits(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> deposit("deposit/" + number, 1))
                .toList();
    }

    private Posting deposit(String reference, long amount) {
        return books.posting(reference, books.deposit(wallet, amount));
    }

    private static RejectionReason rejection(Outcome outcome) {
        return ((Rejected) outcome).reason();
    }

    /** A database that refuses the connections of these numbers, counted from 1. */
    private DataSource failing(IntPredicate fails, String state) {
        AtomicInteger connections = new AtomicInteger();
        return (DataSource) Proxy.newProxyInstance(
                BulkTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (_, method, arguments) -> {
                    if (fails.test(connections.incrementAndGet())) {
                        throw new SQLException("no connection", state);
                    }
                    try {
                        return method.invoke(books.dataSource, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
