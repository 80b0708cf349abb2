package io.bursar.jobs;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run that ended. {@code failure} is null when it went well. */
record JobRun(
        String job,
        Instant started,
        Duration duration,
        @Nullable String failure) {}
