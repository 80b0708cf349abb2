package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.Account.Direction;
import io.bursar.ledger.Outcome.Duplicate;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.Rejected;
import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One node remembers how it left the accounts, and another one changes them behind its back. */
final class ForesightTest {
    private final LedgerFixture books = new LedgerFixture();
    private final Ledger here = books.ledger;
    private final Ledger elsewhere = Ledger.open(books.dataSource, books.clock);
    private final AccountPath wallet = books.wallet("wallet");
    private final AccountPath shop = books.wallet("shop");

    @AfterEach
    void everyRowFollowsFromTheOnesBeforeIt() {
        assertThat(new Verifier(books.dataSource).verify(books.book)).isInstanceOf(Verification.Sound.class);
    }

    @Test
    void what_was_spent_elsewhere_cannot_be_spent_again() {
        posted(here, "deposit", books.deposit(wallet, 10));
        posted(elsewhere, "elsewhere", LedgerFixture.move(wallet, shop, 10));
        assertThat(rejected("here", LedgerFixture.move(wallet, shop, 10)))
                .isEqualTo(RejectionReason.INSUFFICIENT_FUNDS);
        assertThat(books.balance(shop)).isEqualTo(10);
    }

    @Test
    void what_came_in_elsewhere_can_be_spent_here() {
        posted(here, "deposit", books.deposit(wallet, 10));
        posted(elsewhere, "more", books.deposit(wallet, 5));
        posted(here, "spend", LedgerFixture.move(wallet, shop, 15));
        assertThat(books.balance(wallet)).isZero();
    }

    @Test
    void a_repeat_is_a_duplicate_even_when_its_money_is_spent() {
        posted(here, "deposit", books.deposit(wallet, 10));
        Posted spent = posted(here, "spend", LedgerFixture.move(wallet, shop, 10));
        assertThat(books.submit("spend", LedgerFixture.move(wallet, shop, 10))).isEqualTo(new Duplicate(spent));
    }

    @Test
    void a_reference_that_was_posted_elsewhere_is_found_although_nothing_else_has_changed() {
        posted(here, "deposit", books.deposit(wallet, 10));
        AccountPath other = books.wallet("other");
        Posted first = posted(elsewhere, "fact", books.deposit(other, 1));
        assertThat(books.submit("fact", books.deposit(other, 1))).isEqualTo(new Duplicate(first));
        assertThat(rejected("fact", books.deposit(wallet, 1))).isEqualTo(RejectionReason.REFERENCE_CONFLICT);
    }

    @Test
    void a_freeze_a_policy_and_a_closing_made_elsewhere_hold_at_once() {
        posted(here, "deposit", books.deposit(wallet, 10));
        elsewhere.freeze(books.book, wallet, Set.of(Direction.DEBITS), "risk", "stolen");
        assertThat(rejected("frozen", LedgerFixture.move(wallet, shop, 1))).isEqualTo(RejectionReason.DEBITS_FROZEN);
        elsewhere.unfreeze(books.book, wallet, Set.of(Direction.DEBITS), "risk", "found");
        posted(here, "thawed", LedgerFixture.move(wallet, shop, 1));
        elsewhere.setPolicy(books.book, shop, new Policy(0L, 5L), "risk", "small shop");
        assertThat(rejected("ceiling", LedgerFixture.move(wallet, shop, 5)))
                .isEqualTo(RejectionReason.CEILING_EXCEEDED);
        posted(here, "rest", LedgerFixture.move(wallet, LedgerFixture.BANK, 9));
        elsewhere.closeAccount(books.book, wallet, "support", "asked for it");
        assertThat(rejected("closed", books.deposit(wallet, 1))).isEqualTo(RejectionReason.ACCOUNT_CLOSED);
    }

    @Test
    void a_period_closed_elsewhere_is_closed_at_once() {
        LocalDate today = LocalDate.ofInstant(books.clock.instant(), ZoneOffset.UTC);
        posted(here, "deposit", books.deposit(wallet, 10));
        books.clock.advance(Duration.ofDays(1));
        List<Leg> legs = List.of(books.deposit(wallet, 1));
        Posting late = new Posting(books.book, Reference.of("late"), legs, today, "", "test");
        elsewhere.closePeriod(books.book, today, "accounting", "month end");
        assertThat(((Rejected) here.submit(late)).reason()).isEqualTo(RejectionReason.PERIOD_CLOSED);
    }

    @Test
    void what_became_owed_elsewhere_is_repaid_by_what_comes_in_here() {
        AccountPath owed = books.open(AccountSpec.withoutFloor("owed", LedgerFixture.USD));
        AccountPath owing =
                books.open(AccountSpec.of("owing", LedgerFixture.USD).owing(owed));
        posted(here, "deposit", books.deposit(owing, 10));
        posted(here, "spend", LedgerFixture.move(owing, shop, 10));
        posted(elsewhere, "chargeback", new Leg.Force(owing, LedgerFixture.BANK, 7, LedgerFixture.USD));
        assertThat(books.balance(owed)).isEqualTo(-7);
        posted(here, "next", books.deposit(owing, 10));
        assertThat(books.balance(owed)).isZero();
        assertThat(books.balance(owing)).isEqualTo(3);
    }

    @Test
    void a_hold_is_captured_by_one_of_two_nodes() {
        posted(here, "deposit", books.deposit(wallet, 10));
        posted(here, "hold", LedgerFixture.pend(wallet, shop, 10));
        posted(elsewhere, "capture", LedgerFixture.commit("hold"));
        assertThat(rejected("again", LedgerFixture.commit("hold"))).isEqualTo(RejectionReason.HOLD_SETTLED);
        assertThat(books.balance(shop)).isEqualTo(10);
    }

    @Test
    void a_posting_inside_another_transaction_is_seen_as_soon_as_it_is_committed() throws Exception {
        posted(here, "deposit", books.deposit(wallet, 10));
        try (Connection connection = books.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            Posting joined = books.posting("joined", LedgerFixture.move(wallet, shop, 10));
            assertThat(here.post(connection, joined)).isInstanceOf(Posted.class);
            connection.commit();
            connection.setAutoCommit(true);
        }
        assertThat(rejected("late", LedgerFixture.move(wallet, shop, 1))).isEqualTo(RejectionReason.INSUFFICIENT_FUNDS);
    }

    @Test
    void two_nodes_that_keep_disturbing_each_other_post_everything_once() {
        List<CompletableFuture<Outcome>> answers = IntStream.range(0, 2_000)
                .boxed()
                .flatMap(number -> Stream.of(here, elsewhere)
                        .map(node -> node.submitAsync(books.posting("fact/" + number, books.deposit(wallet, 1)))))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join))
                .filteredOn(Posted.class::isInstance)
                .hasSize(2_000);
        assertThat(books.balance(wallet)).isEqualTo(2_000);
    }

    @Test
    void only_what_is_wrong_again_and_again_is_another_node_that_posts_all_the_time() {
        Foresight foresight = new Foresight(books.dataSource, new AccountIds(), books.clock);
        for (int wrong = 1; wrong <= 5; wrong++) {
            foresight.wasWrong();
            assertThat(foresight.isDisturbed()).as("%d times", wrong).isFalse();
        }
        foresight.wasWrong();
        assertThat(foresight.isDisturbed()).isTrue();
        foresight.cameTrue();
        assertThat(foresight.isDisturbed()).isFalse();
    }

    @Test
    void a_batch_that_cannot_be_written_takes_back_the_one_that_was_begun_after_it() {
        List<CompletableFuture<Outcome>> answers = IntStream.range(0, 3_000)
                .mapToObj(number -> here.submitAsync(posting(number)))
                .toList();
        for (int number = 0; number < answers.size(); number++) {
            CompletableFuture<Outcome> answer = answers.get(number);
            if (number % 700 == 650) {
                assertThat(answer).failsWithin(Duration.ofMinutes(1));
            } else {
                assertThat(answer.join()).as("%d", number).isInstanceOf(Posted.class);
            }
        }
        assertThat(books.balance(wallet)).isEqualTo(2_996);
    }

    /** Now and then one that the database cannot take, which makes everything in its batch be tried again. */
    private Posting posting(int number) {
        String memo = number % 700 == 650 ? "no text may hold a \u0000" : "";
        return Posting.of(books.book, "many/" + number, "test", memo, books.deposit(wallet, 1));
    }

    private Posted posted(Ledger node, String reference, Leg leg) {
        Outcome outcome = node.submit(books.posting(reference, leg));
        assertThat(outcome).isInstanceOf(Posted.class);
        return (Posted) outcome;
    }

    private RejectionReason rejected(String reference, Leg leg) {
        return ((Rejected) here.submit(books.posting(reference, leg))).reason();
    }
}
