package io.bursar.ledger;

import static io.bursar.ledger.LedgerFixture.USD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What has to be locked and read before a batch can be decided. */
final class BatchTest {
    private static final BookId BOOK = new BookId(new UUID(3, 3));
    private static final BookId OTHER_BOOK = new BookId(new UUID(3, 4));
    private static final AccountPath A = AccountPath.of("a");
    private static final AccountPath B = AccountPath.of("b");
    private static final Reference SALE = new Reference("sale");

    private final UuidV7 ids = new UuidV7(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void every_kind_of_leg_names_its_accounts() {
        LotTerms terms = new LotTerms("gift", null);
        assertThat(accounts(new Leg.Move(A, B, 1, USD), Map.of())).containsExactlyInAnyOrder(key("a"), key("b"));
        assertThat(accounts(new Leg.Grant(A, B, 1, USD, terms), Map.of()))
                .containsExactlyInAnyOrder(key("a"), key("b"));
        assertThat(accounts(new Leg.Pend(A, B, 1, USD), Map.of())).containsExactlyInAnyOrder(key("a"), key("b"));
        assertThat(accounts(new Leg.Force(A, B, 1, USD), Map.of())).containsExactlyInAnyOrder(key("a"), key("b"));
        assertThat(accounts(new Leg.Lapse(B), Map.of())).containsExactly(key("b"));
    }

    @Test
    void what_settles_an_earlier_leg_names_the_accounts_of_all_its_parts() {
        LegKey sale = new LegKey(BOOK, SALE, 2);
        EarlierLeg earlier =
                new EarlierLeg(Transfer.Kind.PEND, null, List.of(part("lot/1", "shop"), part("lot/2", "shop")));
        for (Leg leg : settling()) {
            assertThat(accounts(leg, Map.of(sale, earlier)))
                    .containsExactlyInAnyOrder(key("lot/1"), key("lot/2"), key("shop"));
            assertThat(accounts(leg, Map.of())).isEmpty();
        }
    }

    @Test
    void earlier_legs_are_looked_for_in_the_book_of_their_posting() {
        for (Leg leg : settling()) {
            assertThat(Batch.earlier(List.of(submission(BOOK, "x", leg), submission(OTHER_BOOK, "x", leg))))
                    .containsExactlyInAnyOrder(new LegKey(BOOK, SALE, 2), new LegKey(OTHER_BOOK, SALE, 2));
        }
        assertThat(Batch.earlier(List.of(submission(BOOK, "x", new Leg.Lapse(A), new Leg.Move(A, B, 1, USD)))))
                .isEmpty();
    }

    @Test
    void references_are_asked_for_once() {
        Leg leg = new Leg.Lapse(A);
        List<Submission> batch = List.of(submission(BOOK, "x", leg), submission(BOOK, "x", leg));
        assertThat(Batch.references(batch)).containsExactly(new ReferenceKey(BOOK, new Reference("x")));
    }

    private static List<Leg> settling() {
        return List.of(
                new Leg.Commit(SALE, 2), new Leg.Release(SALE, 2), new Leg.Expire(SALE, 2), new Leg.Reverse(SALE, 2));
    }

    private Set<AccountKey> accounts(Leg leg, Map<LegKey, EarlierLeg> earlier) {
        return Batch.accounts(List.of(submission(BOOK, "x", leg)), earlier);
    }

    private Submission submission(BookId book, String reference, Leg... legs) {
        return Submission.of(Posting.of(book, reference, "test", "", legs), ids);
    }

    private static AccountKey key(String path) {
        return new AccountKey(BOOK, AccountPath.of(path));
    }

    private static EarlierLeg.Part part(String debit, String credit) {
        return new EarlierLeg.Part(UUID.randomUUID(), key(debit), key(credit), 5, 5, 0);
    }
}
