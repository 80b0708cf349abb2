package io.bursar.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void two_measurements_together_are_all_answers_of_both_over_the_time_of_both() {
        Sample both = sample(2, 1_000_000, 1_000_000).plus(sample(1, 9_000_000));
        assertThat(both.perSecond()).isEqualTo(1);
        assertThat(both.milliseconds(50)).isBetween(0.9, 1.1);
        assertThat(both.milliseconds(100)).isBetween(8.9, 9.1);
    }

    private static Sample sample(double seconds, long... nanoseconds) {
        Histogram latencies = new Histogram(3);
        for (long each : nanoseconds) {
            latencies.recordValue(each);
        }
        return new Sample(latencies, seconds);
    }
}
