package io.bursar.jobs;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** All that is kept of a job's past. */
record JobHistory(
        String job,
        long runs,
        long failures,
        int consecutiveFailures,
        @Nullable Instant lastStarted,
        @Nullable Duration lastDuration,
        @Nullable Instant lastSuccess,
        @Nullable Instant lastFailureAt,
        @Nullable String lastFailure) {
    static JobHistory none(String job) {
        return new JobHistory(job, 0, 0, 0, null, null, null, null, null);
    }
}
