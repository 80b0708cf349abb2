package io.bursar.upkeep;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One purge as it is looked at. Without an outcome it waits, is under way, or was ended by a kill. */
record PurgeView(
        UUID id,
        @Nullable String requestedBy,
        int batchRows,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable PurgeOutcome outcome,
        long deleted) {

    public String label() {
        if (outcome != null) {
            return outcome.label();
        }
        return startedAt == null ? "Asked for" : "Under way";
    }

    public String tone() {
        return outcome == null ? "wait" : outcome.tone();
    }
}
