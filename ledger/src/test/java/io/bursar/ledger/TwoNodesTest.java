package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.Outcome.Duplicate;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.Rejected;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two processes on one database; each has a lane of its own and knows nothing of the other. */
final class TwoNodesTest {
    private static final int POSTINGS = 400;

    private final LedgerFixture books = new LedgerFixture();
    private final AccountPath wallet = books.wallet("wallet");
    private final AccountPath other = books.wallet("other");

    @Test
    void what_both_report_at_once_is_posted_once_and_both_are_told_the_same() throws Exception {
        try (Ledger second = Ledger.open(books.dataSource, books.clock)) {
            List<CompletableFuture<Outcome>> ours = submit(books.ledger, wallet);
            List<CompletableFuture<Outcome>> theirs = submit(second, wallet);
            for (int number = 0; number < POSTINGS; number++) {
                Outcome one = ours.get(number).get();
                Outcome two = theirs.get(number).get();
                assertThat(List.of(original(one), original(two))).containsOnly(original(one));
                assertThat(List.of(one, two)).hasAtLeastOneElementOfType(Duplicate.class);
            }
        }
        assertThat(books.balance(wallet)).isEqualTo(POSTINGS);
        RowSums.agree(books.dataSource, books.book);
        assertThat(ChainCheck.rederive(books.dataSource, books.book)).isPositive();
    }

    @Test
    void a_reference_that_both_use_for_different_facts_belongs_to_one_of_them() throws Exception {
        try (Ledger second = Ledger.open(books.dataSource, books.clock)) {
            List<CompletableFuture<Outcome>> ours = submit(books.ledger, wallet);
            List<CompletableFuture<Outcome>> theirs = submit(second, other);
            for (int number = 0; number < POSTINGS; number++) {
                assertThat(List.of(ours.get(number).get(), theirs.get(number).get()))
                        .hasAtLeastOneElementOfType(Posted.class)
                        .hasAtLeastOneElementOfType(Rejected.class);
            }
        }
        assertThat(books.balance(wallet) + books.balance(other)).isEqualTo(POSTINGS);
        RowSums.agree(books.dataSource, books.book);
    }

    private List<CompletableFuture<Outcome>> submit(Ledger node, AccountPath to) {
        return IntStream.range(0, POSTINGS)
                .mapToObj(number -> node.submitAsync(books.posting("fact/" + number, books.deposit(to, 1))))
                .toList();
    }

    private static Posted original(Outcome outcome) {
        return outcome instanceof Duplicate(Posted original) ? original : (Posted) outcome;
    }
}
