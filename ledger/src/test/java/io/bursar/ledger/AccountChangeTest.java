package io.bursar.ledger;

import static io.bursar.ledger.Account.Direction.CREDITS;
import static io.bursar.ledger.Account.Direction.DEBITS;
import static io.bursar.ledger.LedgerFixture.BANK;
import static io.bursar.ledger.LedgerFixture.USD;
import static io.bursar.ledger.LedgerFixture.commit;
import static io.bursar.ledger.LedgerFixture.move;
import static io.bursar.ledger.LedgerFixture.pend;
import static io.bursar.ledger.LedgerFixture.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.bursar.ledger.Account.Direction;
import io.bursar.ledger.Account.Freeze;
import io.bursar.ledger.AccountChange.Changed;
import io.bursar.ledger.AccountChange.Reason;
import io.bursar.ledger.AccountChange.Refused;
import io.bursar.ledger.AccountChange.Unchanged;
import io.bursar.ledger.AccountChange.UnknownAccount;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.Rejected;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an account is can be changed, by events of its own in the same chain as its transfers. */
final class AccountChangeTest {
    private final LedgerFixture books = new LedgerFixture();
    private final Ledger ledger = books.ledger;
    private final AccountPath wallet = books.wallet("wallet");

    @AfterEach
    void every_event_is_in_the_chain() throws SQLException {
        ChainCheck.rederive(books.dataSource, books.book);
    }

    @Test
    void a_freeze_of_debits_stops_new_debits_and_holds_but_not_credits_nor_what_is_held_already() {
        books.submit("in", books.deposit(wallet, 100));
        books.submit("held", pend(wallet, BANK, 10));
        books.submit("held too", pend(wallet, BANK, 20));
        assertThat(freeze("risk", "fraud", DEBITS)).isInstanceOf(Changed.class);
        assertThat(reason(books.submit("out", move(wallet, BANK, 1)))).isEqualTo(RejectionReason.DEBITS_FROZEN);
        assertThat(reason(books.submit("hold", pend(wallet, BANK, 1)))).isEqualTo(RejectionReason.DEBITS_FROZEN);
        assertThat(books.submit("more", books.deposit(wallet, 1))).isInstanceOf(Posted.class);
        assertThat(books.submit("capture", commit("held"))).isInstanceOf(Posted.class);
        assertThat(books.submit("let go", release("held too"))).isInstanceOf(Posted.class);
    }

    @Test
    void each_actor_takes_back_only_his_own_freezes_and_the_account_is_free_after_the_last() {
        freeze("risk", "fraud", DEBITS, CREDITS);
        freeze("ann", "a court order", DEBITS);
        assertThat(unfreeze("bob", DEBITS, CREDITS)).isInstanceOf(Unchanged.class);
        assertThat(unfreeze("risk", DEBITS)).isInstanceOf(Changed.class);
        assertThat(account().freezes())
                .containsExactly(new Freeze(DEBITS, "ann", "a court order"), new Freeze(CREDITS, "risk", "fraud"));
        assertThat(reason(books.submit("in", books.deposit(wallet, 5)))).isEqualTo(RejectionReason.CREDITS_FROZEN);
        unfreeze("risk", CREDITS);
        unfreeze("ann", DEBITS);
        assertThat(account().freezes()).isEmpty();
        assertThat(books.submit("in", books.deposit(wallet, 5), move(wallet, BANK, 5)))
                .isInstanceOf(Posted.class);
    }

    @Test
    void two_actors_freezing_at_once_both_have_their_reason() throws Exception {
        List<Callable<AccountChange>> actors = IntStream.range(0, 12)
                .<Callable<AccountChange>>mapToObj(actor -> () -> freeze("actor/" + actor % 6, "why", DEBITS))
                .toList();
        List<AccountChange> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
            for (Future<AccountChange> answer : threads.invokeAll(actors)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).filteredOn(Changed.class::isInstance).hasSize(6);
        assertThat(answers).filteredOn(Unchanged.class::isInstance).hasSize(6);
        assertThat(account().freezes()).hasSize(6);
        assertThat(account().sequence()).isEqualTo(6);
    }

    @Test
    void repeating_a_change_changes_nothing() {
        freeze("risk", "fraud", DEBITS);
        assertThat(freeze("risk", "fraud", DEBITS)).isInstanceOf(Unchanged.class);
        setPolicy(Policy.floor(-10));
        assertThat(setPolicy(Policy.floor(-10))).isInstanceOf(Unchanged.class);
        unfreeze("risk", DEBITS);
        assertThat(unfreeze("risk", DEBITS)).isInstanceOf(Unchanged.class);
        close(wallet);
        assertThat(close(wallet)).isInstanceOf(Unchanged.class);
        assertThat(account().sequence()).isEqualTo(4);
    }

    @Test
    void a_policy_is_enforced_from_its_change_on_and_refused_when_the_account_breaks_it_already() {
        books.submit("in", books.deposit(wallet, 100));
        books.submit("held", pend(wallet, BANK, 30));
        books.submit("coming", pend(BANK, wallet, 7));
        assertThat(refusal(setPolicy(Policy.floor(71))))
                .isEqualTo(new Refused(
                        Reason.BALANCE_OUTSIDE_POLICY, "account wallet: 70 available (expected: not below floor 71)"));
        assertThat(refusal(setPolicy(Policy.between(0, 106))).reason()).isEqualTo(Reason.BALANCE_OUTSIDE_POLICY);
        assertThat(setPolicy(Policy.between(70, 107))).isInstanceOf(Changed.class);
        assertThat(reason(books.submit("out", move(wallet, BANK, 1)))).isEqualTo(RejectionReason.INSUFFICIENT_FUNDS);
        assertThat(reason(books.submit("more", books.deposit(wallet, 1)))).isEqualTo(RejectionReason.CEILING_EXCEEDED);
    }

    @Test
    void opening_an_account_again_compares_with_how_it_was_opened_and_not_with_its_policy_now() {
        books.submit("in", books.deposit(wallet, 100));
        setPolicy(Policy.between(50, 500));
        assertThat(open(AccountSpec.of("wallet", USD))).isInstanceOf(AccountOpening.AlreadyOpen.class);
        assertThat(open(AccountSpec.withoutFloor("wallet", USD))).isInstanceOf(AccountOpening.Differs.class);
    }

    @Test
    void closing_is_refused_while_a_balance_or_a_hold_stands_and_is_for_ever() {
        books.submit("in", books.deposit(wallet, 100));
        assertThat(refusal(close(wallet)).reason()).isEqualTo(Reason.NOT_EMPTY);
        books.submit("out", move(wallet, BANK, 100));
        books.submit("coming", pend(BANK, wallet, 1));
        assertThat(refusal(close(wallet)).reason()).isEqualTo(Reason.NOT_EMPTY);
        books.submit("reorged", release("coming"));
        assertThat(close(wallet)).isInstanceOf(Changed.class);
        assertThat(reason(books.submit("late", books.deposit(wallet, 1)))).isEqualTo(RejectionReason.ACCOUNT_CLOSED);
        assertThat(refusal(freeze("risk", "fraud", DEBITS)).reason()).isEqualTo(Reason.ACCOUNT_CLOSED);
        assertThat(refusal(setPolicy(Policy.NO_FLOOR)).reason()).isEqualTo(Reason.ACCOUNT_CLOSED);
        assertThat(open(AccountSpec.of("wallet", USD))).isInstanceOf(AccountOpening.AlreadyOpen.class);
    }

    @Test
    void an_account_that_is_closed_while_others_post_to_it_is_empty_for_ever() throws Exception {
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int number = 0; number < 16; number++) {
            int own = number;
            calls.add(() -> books.submit("in/" + own, books.deposit(wallet, 1)) instanceof Posted);
            calls.add(() -> close(wallet) instanceof Changed);
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                call.get();
            }
        }
        boolean closed = account().closed();
        assertThat(closed).isEqualTo(account().balance() == 0);
        assertThat(books.submit("after", books.deposit(wallet, 1)) instanceof Posted)
                .isEqualTo(!closed);
    }

    @Test
    void an_account_that_others_name_stays_open_and_without_limits_until_they_are_closed() {
        AccountPath owed = books.open(AccountSpec.withoutFloor("owed", USD));
        AccountPath expired = books.open(AccountSpec.withoutFloor("expired", USD));
        AccountPath points =
                books.open(AccountSpec.ofLots("points", USD, "expired").owing(owed));
        assertThat(refusal(close(owed)))
                .isEqualTo(new Refused(
                        Reason.STILL_NAMED, "account owed: named by points (expected: by closed accounts only)"));
        assertThat(refusal(close(expired)).reason()).isEqualTo(Reason.STILL_NAMED);
        AccountChange limited = ledger.setPolicy(books.book, owed, Policy.FLOOR_ZERO, "ann", "a limit");
        assertThat(refusal(limited).reason()).isEqualTo(Reason.POLICY_UNFIT);
        assertThat(close(points)).isInstanceOf(Changed.class);
        assertThat(close(owed)).isInstanceOf(Changed.class);
        assertThat(open(AccountSpec.of("late", USD).owing(owed))).isInstanceOf(AccountOpening.Unlinkable.class);
    }

    @Test
    void an_account_closed_while_another_is_opened_that_names_it_is_named_by_none() throws Exception {
        for (int round = 0; round < 10; round++) {
            AccountSpec owed = AccountSpec.withoutFloor("owed/" + round, USD);
            books.open(owed);
            AccountSpec naming = AccountSpec.of("naming/" + round, USD).owing(owed.path());
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                Future<AccountOpening> opening = threads.submit(() -> open(naming));
                Future<AccountChange> closing = threads.submit(() -> close(owed.path()));
                boolean opened = opening.get() instanceof AccountOpening.Opened;
                assertThat(closing.get() instanceof Changed).isEqualTo(!opened);
            }
        }
    }

    @Test
    void an_account_of_lots_is_changed_as_one_and_its_lots_are_not_changed_by_themselves() {
        books.open(AccountSpec.withoutFloor("expired", USD));
        AccountPath points = books.open(AccountSpec.ofLots("points", USD, "expired"));
        books.submit("earned", books.deposit(points, 5));
        AccountPath lot =
                ledger.lots(books.book, points, null, 10).items().getFirst().path();
        assertThat(refusal(close(points)).reason()).isEqualTo(Reason.NOT_EMPTY);
        assertThat(refusal(close(lot)).reason()).isEqualTo(Reason.IS_A_LOT);
        assertThat(refusal(ledger.setPolicy(books.book, points, Policy.NO_FLOOR, "ann", "why"))
                        .reason())
                .isEqualTo(Reason.POLICY_UNFIT);
        ledger.freeze(books.book, points, Set.of(DEBITS), "risk", "fraud");
        assertThat(reason(books.submit("spent", move(points, BANK, 5)))).isEqualTo(RejectionReason.DEBITS_FROZEN);
        ledger.unfreeze(books.book, points, Set.of(DEBITS), "risk", "cleared");
        books.submit("spent", move(points, BANK, 5));
        assertThat(close(points)).isInstanceOf(Changed.class);
        assertThat(reason(books.submit("earned late", books.deposit(points, 5))))
                .isEqualTo(RejectionReason.ACCOUNT_CLOSED);
    }

    @Test
    void the_time_of_an_event_never_falls_behind_the_accounts_last() {
        books.clock.advance(Duration.ofHours(1));
        books.submit("in", books.deposit(wallet, 5));
        books.clock.advance(Duration.ofHours(-2));
        freeze("risk", "fraud", DEBITS);
        ChangeLine frozen = ledger.changes(books.book, wallet, null, 1).items().getFirst();
        assertThat(frozen.at()).isEqualTo(account().lastAt()).isAfter(books.clock.instant());
    }

    @Test
    void who_changed_an_account_and_why_is_read_back_newest_first() {
        freeze("risk", "fraud", CREDITS);
        setPolicy(Policy.floor(-10));
        Page<ChangeLine> first = ledger.changes(books.book, wallet, null, 2);
        Page<ChangeLine> second = ledger.changes(books.book, wallet, first.next(), 2);
        assertThat(first.items())
                .extracting(ChangeLine::kind, ChangeLine::actor, ChangeLine::reason)
                .containsExactly(
                        tuple(ChangeLine.Kind.POLICY_CHANGED, "ann", "a limit"),
                        tuple(ChangeLine.Kind.FROZEN, "risk", "fraud"));
        assertThat(second.items()).extracting(ChangeLine::kind).containsExactly(ChangeLine.Kind.OPENED);
        assertThat(second.next()).isNull();
    }

    @Test
    void an_account_keeps_a_bounded_number_of_freezes() {
        for (int reason = 0; reason < AccountRules.FREEZES_MAX; reason++) {
            freeze("risk", "case " + reason, DEBITS);
        }
        assertThat(refusal(freeze("risk", "one more", DEBITS)).reason()).isEqualTo(Reason.TOO_MANY_FREEZES);
    }

    @Test
    void an_account_nobody_opened_is_not_changed_and_a_change_without_a_reason_may_not_be_asked() {
        assertThat(close(AccountPath.of("nobody"))).isInstanceOf(UnknownAccount.class);
        assertThatThrownBy(() -> freeze("risk", " ", DEBITS)).isInstanceOf(IllegalArgumentException.class);
    }

    private AccountChange freeze(String actor, String reason, Direction... directions) {
        return ledger.freeze(books.book, wallet, Set.of(directions), actor, reason);
    }

    private AccountChange unfreeze(String actor, Direction... directions) {
        return ledger.unfreeze(books.book, wallet, Set.of(directions), actor, "cleared");
    }

    private AccountChange setPolicy(Policy policy) {
        return ledger.setPolicy(books.book, wallet, policy, "ann", "a limit");
    }

    private AccountChange close(AccountPath path) {
        return ledger.closeAccount(books.book, path, "ann", "not needed");
    }

    private AccountOpening open(AccountSpec spec) {
        return ledger.openAccount(books.book, spec, "test", "again");
    }

    private Account account() {
        return books.account(wallet);
    }

    private static Refused refusal(AccountChange change) {
        assertThat(change).isInstanceOf(Refused.class);
        return (Refused) change;
    }

    private static RejectionReason reason(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Rejected.class);
        return ((Rejected) outcome).reason();
    }
}
