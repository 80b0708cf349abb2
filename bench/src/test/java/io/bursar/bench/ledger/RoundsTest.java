package io.bursar.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void the_median_is_the_middle_or_between_the_two_in_the_middle() {
        assertThat(Rounds.median(9, 1, 5)).isEqualTo(5);
        assertThat(Rounds.median(4, 1, 3, 2)).isEqualTo(2.5);
    }

    @Test
    void a_ratio_is_the_median_of_the_rounds_and_not_the_ratio_of_medians() {
        Rounds rounds = new Rounds(List.of(calls(10), calls(90), calls(30)), List.of(calls(10), calls(10), calls(30)));
        assertThat(rounds.throughputRatio()).isEqualTo(1.0);
    }

    @Test
    void the_first_pair_is_thrown_away_and_the_others_alternate() {
        List<String> order = new ArrayList<>();
        Rounds rounds = Rounds.interleaved(2, next(order, "ours", 1, 20, 40), next(order, "theirs", 1, 10, 10));
        assertThat(order).containsExactly("ours", "theirs", "ours", "theirs", "ours", "theirs");
        assertThat(rounds.throughputRatio()).isEqualTo(3.0);
    }

    @Test
    void percentiles_come_from_all_rounds_together() {
        Histogram quick = new Histogram(3);
        quick.recordValueWithCount(1_000_000, 99);
        Histogram slow = new Histogram(3);
        slow.recordValueWithCount(50_000_000, 101);
        Sample together = Rounds.together(List.of(new Sample(quick, 1), new Sample(slow, 1)));
        assertThat(together.perSecond()).isEqualTo(100);
        assertThat(together.milliseconds(25)).isCloseTo(1, within(0.01));
        assertThat(together.p99()).isCloseTo(50, within(0.1));
    }

    private static Supplier<Sample> next(List<String> order, String name, int... calls) {
        Iterator<Integer> each = java.util.Arrays.stream(calls).iterator();
        return () -> {
            order.add(name);
            return calls(each.next());
        };
    }

    private static Sample calls(int calls) {
        Histogram latencies = new Histogram(3);
        latencies.recordValueWithCount(1_000_000, calls);
        return new Sample(latencies, 1);
    }
}
