package io.bursar.jobs;

import java.time.Duration;
import java.time.Instant;

/** All that a job did within one hour. */
public record JobHour(Instant hour, long runs, long failures, Duration total, Duration longest) {
    public Duration average() {
        return runs == 0 ? Duration.ZERO : total.dividedBy(runs);
    }
}
