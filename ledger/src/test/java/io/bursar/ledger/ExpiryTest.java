package io.bursar.ledger;

import static io.bursar.ledger.LedgerFixture.BANK;
import static io.bursar.ledger.LedgerFixture.USD;
import static io.bursar.ledger.LedgerFixture.commit;
import static io.bursar.ledger.LedgerFixture.move;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Holds and lots go by themselves when their time has come. Other tests' books may hold something due as well. */
final class ExpiryTest {
    private static final int PIECE = 10;
    private static final int CALLS_MAX = 1_000;

    private final LedgerFixture books = new LedgerFixture();
    private final Ledger ledger = books.ledger;
    private final AccountPath wallet = books.wallet("wallet");
    private final AccountPath expired = books.open(AccountSpec.withoutFloor("expired", USD));
    private final AccountPath points = books.open(AccountSpec.ofLots("points", USD, "expired"));

    @Test
    void a_hold_is_let_go_once_when_its_time_has_come_and_not_before() {
        books.submit("in", books.deposit(wallet, 100));
        books.submit("held", hold(wallet, 60, 10));
        expireAll(ledger);
        assertThat(books.account(wallet).available()).isEqualTo(40);
        books.clock.advance(Duration.ofMinutes(10));
        expireAll(ledger);
        expireAll(ledger);
        assertThat(books.account(wallet).available()).isEqualTo(100);
        assertThat(kinds(wallet)).containsExactly(Transfer.Kind.EXPIRE, Transfer.Kind.PEND, Transfer.Kind.MOVE);
    }

    @Test
    void what_is_left_of_a_hold_after_captures_is_let_go() {
        books.submit("in", books.deposit(wallet, 100));
        books.submit("held", hold(wallet, 60, 10));
        books.submit("captured", new Leg.Commit(new Reference("held"), 0, 25L));
        books.clock.advance(Duration.ofMinutes(10));
        expireAll(ledger);
        assertThat(books.account(wallet).available()).isEqualTo(75);
        assertThat(books.account(wallet).pendingDebits()).isZero();
    }

    @Test
    void an_expired_lot_lapses_with_what_is_free_of_it() {
        books.submit("earned", grant(30, 10));
        books.submit("earned later", grant(5, 20));
        books.submit("held", hold(points, 8, 60));
        books.clock.advance(Duration.ofMinutes(10));
        expireAll(ledger);
        assertThat(books.balance(expired)).isEqualTo(22);
        assertThat(books.balance(points)).isEqualTo(13);
    }

    @Test
    void a_hold_that_expires_on_an_expired_lot_lapses_in_the_same_posting() {
        books.submit("earned", grant(30, 10));
        books.submit("held", hold(points, 30, 15));
        books.clock.advance(Duration.ofMinutes(20));
        expireAll(ledger);
        Transfer last = ledger.transfers(books.book, null, 1).items().getFirst();
        assertThat(ledger.posting(books.book, last.reference()))
                .extracting(Transfer::kind)
                .containsExactly(Transfer.Kind.EXPIRE, Transfer.Kind.LAPSE);
        assertThat(books.balance(expired)).isEqualTo(30);
        assertThat(books.balance(points)).isZero();
    }

    @Test
    void a_hold_over_several_lots_is_let_go_as_one() {
        books.submit("earned", grant(30, 600));
        books.submit("earned later", grant(5, 700));
        books.submit("held", hold(points, 33, 15));
        books.clock.advance(Duration.ofMinutes(15));
        expireAll(ledger);
        assertThat(books.account(points).available()).isEqualTo(35);
        assertThat(books.submit("spent", move(points, BANK, 35))).isInstanceOf(Posted.class);
    }

    @Test
    void each_call_does_a_bounded_piece_and_what_cannot_be_let_go_keeps_nobody_waiting() {
        AccountPath full = books.open(new AccountSpec(AccountPath.of("full"), USD, new Policy(null, 0L)));
        AccountPath stuck = books.open(AccountSpec.ofLots("stuck", USD, "full"));
        for (int number = 0; number < PIECE + 1; number++) {
            books.submit("stuck/" + number, granted(stuck, 1, 5));
        }
        books.submit("earned", grant(3, 10));
        books.clock.advance(Duration.ofMinutes(10));
        expireAll(ledger);
        assertThat(books.balance(expired)).isEqualTo(3);
        assertThat(books.balance(stuck)).isEqualTo(PIECE + 1);
        ledger.setPolicy(books.book, full, Policy.NO_FLOOR, "ann", "room again");
        books.clock.advance(Duration.ofDays(30));
        expireAll(ledger);
        assertThat(books.balance(stuck)).isZero();
    }

    @Test
    void two_nodes_and_a_capture_at_the_same_instant_settle_a_hold_once() throws Exception {
        List<Ledger> nodes = List.of(ledger, Ledger.open(books.dataSource, books.clock));
        books.submit("in", books.deposit(wallet, 1_000));
        for (int number = 0; number < 20; number++) {
            books.submit("held/" + number, hold(wallet, 10, 10));
        }
        List<Callable<Object>> calls = new ArrayList<>();
        nodes.forEach(node -> calls.add(() -> expireAll(node)));
        for (int number = 0; number < 20; number++) {
            int own = number;
            calls.add(() -> books.submit("capture/" + own, commit("held/" + own)));
        }
        calls.add(() -> {
            books.clock.advance(Duration.ofMinutes(10));
            return true;
        });
        try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
            for (Future<Object> call : threads.invokeAll(calls)) {
                assertThat(call.get()).isNotNull();
            }
        }
        nodes.forEach(this::expireAll);
        long captured = 0;
        for (int number = 0; number < 20; number++) {
            Outcome again = books.submit("again/" + number, commit("held/" + number));
            assertThat(((Rejected) again).reason()).isEqualTo(RejectionReason.HOLD_SETTLED);
            captured += ledger.posting(books.book, new Reference("capture/" + number))
                    .size();
        }
        assertThat(books.balance(wallet)).isEqualTo(1_000 - 10 * captured);
        assertThat(books.account(wallet).pendingDebits()).isZero();
        ChainCheck.rederive(books.dataSource, books.book);
    }

    private int expireAll(Ledger node) {
        int gone = 0;
        for (int calls = 0; calls < CALLS_MAX; calls++) {
            int now = node.expireDue(PIECE);
            gone += now;
            if (now == 0 && calls > PIECE) {
                break;
            }
        }
        return gone;
    }

    private Leg hold(AccountPath account, long amount, int minutes) {
        return new Leg.Pend(account, BANK, amount, USD, in(minutes));
    }

    private Leg grant(long amount, int minutes) {
        return granted(points, amount, minutes);
    }

    private Leg granted(AccountPath account, long amount, int minutes) {
        return new Leg.Grant(BANK, account, amount, USD, new LotTerms("sale", in(minutes)));
    }

    private Instant in(int minutes) {
        return books.clock.instant().plus(Duration.ofMinutes(minutes));
    }

    private List<Transfer.Kind> kinds(AccountPath account) {
        return ledger.statement(books.book, account, null, 100).items().stream()
                .map(line -> line.transfer().kind())
                .toList();
    }
}
