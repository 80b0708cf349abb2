package io.bursar.jobs;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job as operators see it. What is null has not happened yet. */
public record JobView(
        String name,
        String purpose,
        Duration interval,
        @Nullable Instant nextRun,
        boolean running,
        long runs,
        long failures,
        int consecutiveFailures,
        @Nullable Instant lastStarted,
        @Nullable Duration lastDuration,
        @Nullable Instant lastSuccess,
        @Nullable Instant lastFailureAt,
        @Nullable String lastFailure) {}
