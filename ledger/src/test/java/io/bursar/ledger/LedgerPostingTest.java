package io.bursar.ledger;

import static io.bursar.ledger.LedgerFixture.BANK;
import static io.bursar.ledger.LedgerFixture.USD;
import static io.bursar.ledger.LedgerFixture.commit;
import static io.bursar.ledger.LedgerFixture.move;
import static io.bursar.ledger.LedgerFixture.pend;
import static io.bursar.ledger.LedgerFixture.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.ledger.Outcome.Duplicate;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.Rejected;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LedgerPostingTest {
    private final LedgerFixture books = new LedgerFixture();

    @Test
    void a_posting_answers_with_both_accounts_as_it_left_them() {
        AccountPath wallet = books.wallet("merchant/42/wallet/base-usdc");
        Posted posted = (Posted) books.submit("deposit/1", books.deposit(wallet, 500));
        assertThat(posted.postedAt()).isEqualTo(books.clock.instant());
        assertThat(posted.legs()).hasSize(1);
        assertThat(posted.legs().getFirst().debit()).isEqualTo(new Outcome.SideAfter(BANK, 1, -500));
        assertThat(posted.legs().getFirst().credit()).isEqualTo(new Outcome.SideAfter(wallet, 1, 500));
        assertThat(posted.posting().value())
                .isEqualTo(posted.legs().getFirst().transfer().value());
    }

    @Test
    void the_same_posting_again_is_a_duplicate_with_the_original_result() {
        AccountPath wallet = books.wallet("wallet");
        Outcome first = books.submit("deposit/1", books.deposit(wallet, 500), books.deposit(wallet, 1));
        books.submit("deposit/2", books.deposit(wallet, 7));
        books.clock.advance(Duration.ofDays(400));
        assertThat(books.submit("deposit/1", books.deposit(wallet, 500), books.deposit(wallet, 1)))
                .isEqualTo(new Duplicate((Posted) first));
        assertThat(books.balance(wallet)).isEqualTo(508);
    }

    @Test
    void a_reference_with_other_content_is_a_conflict() {
        AccountPath wallet = books.wallet("wallet");
        books.submit("deposit/1", books.deposit(wallet, 500));
        Rejected rejected = (Rejected) books.submit("deposit/1", books.deposit(wallet, 501));
        assertThat(rejected.reason()).isEqualTo(RejectionReason.REFERENCE_CONFLICT);
        assertThat(rejected.message()).contains("deposit/1").contains("expected");
        assertThat(books.balance(wallet)).isEqualTo(500);
    }

    @Test
    void the_same_reference_in_another_book_is_another_posting() {
        LedgerFixture others = new LedgerFixture();
        AccountPath wallet = books.wallet("wallet");
        others.wallet("wallet");
        assertThat(books.submit("deposit/1", books.deposit(wallet, 5))).isInstanceOf(Posted.class);
        assertThat(others.submit("deposit/1", others.deposit(wallet, 6))).isInstanceOf(Posted.class);
        assertThat(books.balance(wallet)).isEqualTo(5);
    }

    @Test
    void a_rejection_names_value_and_expectation_and_may_be_tried_again() {
        AccountPath wallet = books.wallet("wallet");
        Rejected rejected = (Rejected) books.submit("spend/1", move(wallet, BANK, 5));
        assertThat(rejected)
                .isEqualTo(new Rejected(
                        RejectionReason.INSUFFICIENT_FUNDS,
                        0,
                        "debit of 5 from wallet with 0 available (expected: not below floor 0)"));
        books.submit("deposit/1", books.deposit(wallet, 5));
        assertThat(books.submit("spend/1", move(wallet, BANK, 5))).isInstanceOf(Posted.class);
        assertThat(books.ledger.posting(books.book, new Reference("spend/1"))).hasSize(1);
    }

    @Test
    void linked_legs_of_two_units_post_all_or_none() {
        Unit credit = new Unit("CREDIT", 0);
        books.open(AccountSpec.withoutFloor("issued", credit));
        AccountPath user = books.open(new AccountSpec(AccountPath.of("user"), credit, Policy.between(0, 10)));
        AccountPath treasury = books.wallet("treasury");
        Leg paid = books.deposit(treasury, 100);
        assertThat(books.submit("sale/1", paid, new Leg.Move(AccountPath.of("issued"), user, 10, credit)))
                .isInstanceOf(Posted.class);
        Rejected second =
                (Rejected) books.submit("sale/2", paid, new Leg.Move(AccountPath.of("issued"), user, 1, credit));
        assertThat(second.reason()).isEqualTo(RejectionReason.CEILING_EXCEEDED);
        assertThat(second.leg()).isEqualTo(1);
        assertThat(books.balance(treasury)).isEqualTo(100);
        assertThat(books.ledger.posting(books.book, new Reference("sale/2"))).isEmpty();
    }

    @Test
    void a_pending_credit_waits_beside_the_balance_until_it_is_committed_once() {
        AccountPath wallet = books.wallet("wallet");
        books.submit("seen/1", pend(BANK, wallet, 700));
        assertThat(books.account(wallet)).satisfies(seen -> {
            assertThat(seen.balance()).isZero();
            assertThat(seen.pendingCredits()).isEqualTo(700);
            assertThat(seen.available()).isZero();
        });
        assertThat(books.account(BANK).pendingDebits()).isEqualTo(700);
        assertThat(reason(books.submit("spend", move(wallet, BANK, 1)))).isEqualTo(RejectionReason.INSUFFICIENT_FUNDS);

        assertThat(books.submit("final/1", commit("seen/1"))).isInstanceOf(Posted.class);
        assertThat(books.submit("final/1", commit("seen/1"))).isInstanceOf(Duplicate.class);
        assertThat(reason(books.submit("final/again", commit("seen/1")))).isEqualTo(RejectionReason.HOLD_SETTLED);
        assertThat(reason(books.submit("reorged/1", release("seen/1")))).isEqualTo(RejectionReason.HOLD_SETTLED);
        assertThat(books.account(wallet).balance()).isEqualTo(700);
        assertThat(books.account(wallet).pendingCredits()).isZero();
        assertThat(books.account(BANK).pendingDebits()).isZero();
    }

    @Test
    void a_released_hold_gives_everything_back() {
        AccountPath wallet = books.wallet("wallet");
        books.submit("deposit", books.deposit(wallet, 100));
        books.submit("hold", pend(wallet, BANK, 80));
        assertThat(books.account(wallet).available()).isEqualTo(20);
        assertThat(books.submit("cancel", release("hold"))).isInstanceOf(Posted.class);
        assertThat(books.account(wallet).available()).isEqualTo(100);
        assertThat(books.account(wallet).sequence()).isEqualTo(3);
        assertThat(reason(books.submit("late", commit("hold")))).isEqualTo(RejectionReason.HOLD_SETTLED);
        assertThat(reason(books.submit("none", commit("no such hold")))).isEqualTo(RejectionReason.HOLD_UNKNOWN);
    }

    @Test
    void one_posting_commits_one_hold_and_releases_another() {
        AccountPath wallet = books.wallet("wallet");
        books.submit("two", pend(BANK, wallet, 5), pend(BANK, wallet, 7));
        Reference two = new Reference("two");
        books.submit("settle", new Leg.Commit(two, 0), new Leg.Release(two, 1));
        assertThat(books.account(wallet).balance()).isEqualTo(5);
        assertThat(books.account(wallet).pendingCredits()).isZero();
    }

    @Test
    void an_effective_date_stands_beside_the_posting_time() {
        AccountPath wallet = books.wallet("wallet");
        LocalDate march = LocalDate.of(2025, 3, 31);
        Posting late = new Posting(
                books.book, new Reference("late"), List.of(books.deposit(wallet, 5)), march, "found later", "ann");
        books.ledger.submit(late);
        books.submit("today", books.deposit(wallet, 5));
        Transfer first = books.ledger.posting(books.book, new Reference("late")).getFirst();
        Transfer second =
                books.ledger.posting(books.book, new Reference("today")).getFirst();
        assertThat(first.effectiveDate()).isEqualTo(march);
        assertThat(first.postedAt()).isEqualTo(books.clock.instant());
        assertThat(second.effectiveDate()).isEqualTo("2026-03-01");
    }

    @Test
    void ten_thousand_legs_post_at_once_and_more_are_refused() {
        AccountPath wallet = books.wallet("wallet");
        Leg[] legs = LongStream.rangeClosed(1, Posting.LEGS_MAX)
                .mapToObj(amount -> books.deposit(wallet, amount))
                .toArray(Leg[]::new);
        Posted posted = (Posted) books.submit("bulk", legs);
        assertThat(posted.legs()).hasSize(Posting.LEGS_MAX);
        assertThat(books.balance(wallet)).isEqualTo(50_005_000);
        Leg[] more = java.util.Arrays.copyOf(legs, Posting.LEGS_MAX + 1);
        more[Posting.LEGS_MAX] = legs[0];
        assertThatThrownBy(() -> books.posting("too much", more)).hasMessage("legs: 10001 (expected: 1 to 10000)");
    }

    @Test
    void what_no_caller_may_ask_is_not_an_outcome() {
        AccountPath wallet = books.wallet("wallet");
        assertThatThrownBy(() -> move(BANK, wallet, 0)).hasMessage("amount: 0 (expected: > 0)");
        assertThatThrownBy(() -> move(BANK, wallet, -5)).hasMessage("amount: -5 (expected: > 0)");
        assertThatThrownBy(() -> move(wallet, wallet, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AccountPath.of("a//b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Reference("x".repeat(301))).hasMessageContaining("301 (expected: <= 300)");
        assertThatThrownBy(() -> AccountSpec.of("a", new Unit("USD", 19))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_book_that_does_not_exist_has_no_accounts() {
        Posting elsewhere = Posting.of(
                new BookId(java.util.UUID.randomUUID()),
                "x",
                "test",
                "",
                new Leg.Move(BANK, AccountPath.of("b"), 1, USD));
        assertThat(reason(books.ledger.submit(elsewhere))).isEqualTo(RejectionReason.UNKNOWN_ACCOUNT);
    }

    private static RejectionReason reason(Outcome outcome) {
        return ((Rejected) outcome).reason();
    }
}
