package io.bursar.bench.ledger;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What one measurement saw: how many answers came in how many seconds, and how long each took, in nanoseconds. */
record Sample(Histogram latencies, double seconds) {
    private static final double NANOS_A_MILLISECOND = 1e6;

    /** Both measurements as one. */
    Sample plus(Sample other) {
        Histogram both = latencies.copy();
        both.add(other.latencies);
        return new Sample(both, seconds + other.seconds);
    }

    double perSecond() {
        return latencies.getTotalCount() / seconds;
    }

    double milliseconds(double percentile) {
        return latencies.getValueAtPercentile(percentile) / NANOS_A_MILLISECOND;
    }

    double p99() {
        return milliseconds(99);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,.0f/s, p50 %.2f, p99 %.2f, p99.9 %.2f ms",
                perSecond(),
                milliseconds(50),
                p99(),
                milliseconds(99.9));
    }
}
