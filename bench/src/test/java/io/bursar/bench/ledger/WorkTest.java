package io.bursar.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WorkTest {
    private static final int DRAWS = 20_000;

    private final Population accounts = new Population(1_000);
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void nobody_pays_himself_and_every_account_exists() {
        for (Work work : Work.values()) {
            for (int i = 0; i < DRAWS; i++) {
                Move move = work.next(accounts, random);
                assertThat(move.from()).isNotEqualTo(move.to()).isBetween(0, accounts.withHotOnes() - 1);
                assertThat(move.to()).isBetween(0, accounts.withHotOnes() - 1);
                assertThat(move.amount()).isPositive();
            }
        }
    }

    @Test
    void the_hot_account_is_in_every_transfer() {
        assertThat(Work.HOT_PAYEE.next(accounts, random).to()).isEqualTo(accounts.payee());
        assertThat(Work.HOT_PAYER.next(accounts, random).from()).isEqualTo(accounts.payer());
    }

    @Test
    void the_most_popular_account_is_drawn_as_often_as_the_law_of_zipf_says() {
        double harmonic = 0;
        for (int rank = 1; rank <= accounts.size(); rank++) {
            harmonic += 1.0 / rank;
        }
        int first = 0;
        int second = 0;
        for (int i = 0; i < DRAWS; i++) {
            int drawn = accounts.popular(random);
            first += drawn == 0 ? 1 : 0;
            second += drawn == 1 ? 1 : 0;
        }
        assertThat(first / (double) DRAWS).isCloseTo(1 / harmonic, within(0.01));
        assertThat(second / (double) DRAWS).isCloseTo(0.5 / harmonic, within(0.01));
    }

    @Test
    void references_are_128_random_bits() {
        Set<String> references = new HashSet<>();
        for (int i = 0; i < DRAWS; i++) {
            String reference = Work.UNIFORM.next(accounts, random).reference();
            assertThat(reference).matches("[0-9a-f]{32}");
            references.add(reference);
        }
        assertThat(references).hasSize(DRAWS);
    }
}
