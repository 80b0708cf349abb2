package io.bursar.ledger;

import static io.bursar.ledger.LedgerFixture.BANK;
import static io.bursar.ledger.LedgerFixture.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.ledger.Account.Direction;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.PairOutcome.Paired;
import io.bursar.ledger.PairOutcome.Refused;
import io.bursar.ledger.PairOutcome.Reversed;
import io.bursar.ledger.PairOutcome.Stranded;
import io.bursar.ledger.PairedPosting.Half;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes from one book to another arrives once, or comes back. */
final class PairTest {
    private static final AccountPath CLEARING = AccountPath.of("clearing");

    private final LedgerFixture tenant = new LedgerFixture();
    private final LedgerFixture platform = new LedgerFixture();
    private final Ledger ledger = tenant.ledger;
    private final AccountPath wallet = tenant.wallet("wallet");
    private final AccountPath treasury = platform.wallet("treasury");

    @BeforeEach
    void open() {
        for (LedgerFixture books : List.of(tenant, platform)) {
            books.open(AccountSpec.withoutFloor(CLEARING.value(), USD));
        }
        tenant.submit("in", tenant.deposit(wallet, 100));
    }

    @Test
    void both_halves_post_and_the_clearing_accounts_net_to_zero() {
        assertThat(ledger.submitPair(pair("fee/1", 40))).isInstanceOf(Paired.class);
        assertThat(tenant.balance(wallet)).isEqualTo(60);
        assertThat(platform.balance(treasury)).isEqualTo(40);
        assertThat(tenant.balance(CLEARING) + platform.balance(CLEARING)).isZero();
        assertThat(unpaired()).isEmpty();
    }

    @Test
    void a_pair_that_was_killed_between_its_halves_is_listed_and_completed_by_a_repeat_exactly_once() {
        PairedPosting pair = pair("fee/1", 40);
        assertThat(ledger.submit(pair.first())).isInstanceOf(Posted.class);
        assertThat(unpaired()).containsExactly(new UnpairedPair(new Reference("fee/1"), 40, 0, tenant.clock.instant()));
        PairOutcome repeated = ledger.submitPair(pair);
        assertThat(repeated).isInstanceOf(Paired.class).isEqualTo(ledger.submitPair(pair));
        assertThat(platform.balance(treasury)).isEqualTo(40);
        assertThat(unpaired()).isEmpty();
    }

    @Test
    void a_pair_whose_first_half_is_refused_leaves_nothing() {
        assertThat(ledger.submitPair(pair("fee/1", 101))).isInstanceOf(Refused.class);
        assertThat(tenant.balance(CLEARING)).isZero();
        assertThat(ledger.submitPair(pair("fee/1", 100))).isInstanceOf(Paired.class);
    }

    @Test
    void a_pair_whose_second_half_is_refused_is_taken_back_and_stays_so() {
        freeze(platform, treasury);
        PairOutcome outcome = ledger.submitPair(pair("fee/1", 40));
        assertThat(((Reversed) outcome).why()).startsWith("CREDITS_FROZEN: credits of treasury");
        assertThat(tenant.balance(wallet)).isEqualTo(100);
        assertThat(unpaired()).isEmpty();
        unfreeze(platform, treasury);
        assertThat(ledger.submitPair(pair("fee/1", 40))).isEqualTo(outcome);
        assertThat(platform.balance(treasury)).isZero();
        assertThat(ledger.submitPair(pair("fee/1 again", 40))).isInstanceOf(Paired.class);
    }

    @Test
    void a_pair_that_can_neither_arrive_nor_come_back_is_told_and_listed() {
        PairedPosting pair = pair("fee/1", 100);
        assertThat(ledger.submit(pair.first())).isInstanceOf(Posted.class);
        freeze(platform, treasury);
        ledger.closeAccount(tenant.book, wallet, "ann", "gone");
        Stranded stranded = (Stranded) ledger.submitPair(pair);
        assertThat(stranded.second().reason()).isEqualTo(RejectionReason.CREDITS_FROZEN);
        assertThat(stranded.reversal().reason()).isEqualTo(RejectionReason.ACCOUNT_CLOSED);
        assertThat(unpaired()).hasSize(1);
        unfreeze(platform, treasury);
        assertThat(ledger.submitPair(pair)).isInstanceOf(Paired.class);
    }

    @Test
    void the_reference_of_a_pair_stands_for_its_content() {
        ledger.submitPair(pair("fee/1", 40));
        Refused other = (Refused) ledger.submitPair(pair("fee/1", 41));
        assertThat(other.rejection().reason()).isEqualTo(RejectionReason.REFERENCE_CONFLICT);
        Half to = new Half(platform.book, BANK, CLEARING);
        Refused elsewhere = (Refused) ledger.submitPair(new PairedPosting(
                new Reference("fee/1"), new Half(tenant.book, wallet, CLEARING), to, 40, USD, "", "test"));
        assertThat(elsewhere.rejection().reason()).isEqualTo(RejectionReason.REFERENCE_CONFLICT);
        assertThat(unpaired()).isEmpty();
        assertThat(platform.balance(treasury)).isEqualTo(40);
    }

    @Test
    void everybody_repeating_a_pair_while_its_account_is_frozen_and_unfrozen_leaves_it_whole_or_gone()
            throws Exception {
        for (int round = 0; round < 10; round++) {
            PairedPosting pair = pair("fee/" + round, 1);
            freeze(platform, treasury);
            List<Callable<Object>> calls = new ArrayList<>(Collections.nCopies(8, () -> ledger.submitPair(pair)));
            calls.add(4, () -> {
                unfreeze(platform, treasury);
                return true;
            });
            try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
                for (Future<Object> call : threads.invokeAll(calls)) {
                    assertThat(call.get()).isNotNull();
                }
            }
        }
        assertThat(unpaired()).isEmpty();
        assertThat(tenant.balance(wallet) + platform.balance(treasury)).isEqualTo(100);
    }

    @Test
    void what_does_not_net_to_zero_is_listed_in_pages_whichever_book_began_it() {
        for (int number = 0; number < 5; number++) {
            ledger.submit(pair("lost/" + number, 1).first());
        }
        ledger.submitPair(pair("whole", 1));
        platform.submit("in", platform.deposit(treasury, 9));
        PairedPosting back = new PairedPosting(
                new Reference("back"),
                new Half(platform.book, treasury, CLEARING),
                new Half(tenant.book, wallet, CLEARING),
                9,
                USD,
                "",
                "test");
        ledger.submit(back.first());
        Page<UnpairedPair> first = ledger.unpaired(tenant.book, platform.book, null, 4);
        Page<UnpairedPair> second = ledger.unpaired(tenant.book, platform.book, first.next(), 4);
        assertThat(first.items())
                .hasSize(4)
                .first()
                .isEqualTo(new UnpairedPair(new Reference("back"), 0, 9, tenant.clock.instant()));
        assertThat(second.items()).hasSize(2);
        assertThat(second.next()).isNull();
    }

    @Test
    void a_pair_within_one_book_may_not_be_asked() {
        Half half = new Half(tenant.book, wallet, CLEARING);
        assertThatThrownBy(() -> new PairedPosting(new Reference("fee"), half, half, 1, USD, "", "test"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private PairedPosting pair(String reference, long amount) {
        return new PairedPosting(
                new Reference(reference),
                new Half(tenant.book, wallet, CLEARING),
                new Half(platform.book, treasury, CLEARING),
                amount,
                USD,
                "a fee",
                "test");
    }

    private List<UnpairedPair> unpaired() {
        return ledger.unpaired(tenant.book, platform.book, null, 100).items();
    }

    private void freeze(LedgerFixture books, AccountPath account) {
        ledger.freeze(books.book, account, Set.of(Direction.CREDITS), "risk", "fraud");
    }

    private void unfreeze(LedgerFixture books, AccountPath account) {
        ledger.unfreeze(books.book, account, Set.of(Direction.CREDITS), "risk", "cleared");
    }
}
