package io.bursar.jobs;

import io.bursar.shared.IdText;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One run that ended. {@code failure} is null when it went well. */
public record JobRun(
        UUID id,
        String job,
        String node,
        Instant started,
        Duration duration,
        @Nullable String failure) {
    /** What the log, the errors and the audit entries of this run carry as their request id. */
    public String idText() {
        return IdText.of("run", id);
    }
}
