package io.bursar.jobs;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job as operators see it. What is null has not happened yet, or is not so. */
public record JobView(
        String name,
        String purpose,
        Duration interval,
        State state,
        @Nullable JobPause pause,
        @Nullable Instant nextRun,
        @Nullable String node,
        long runs,
        long failures,
        int consecutiveFailures,
        @Nullable Instant lastStarted,
        @Nullable Duration lastDuration,
        @Nullable Instant lastSuccess,
        @Nullable Instant lastFailureAt,
        @Nullable String lastFailure) {

    /** In the order in which the first that is true is shown. */
    public enum State {
        /** A run takes longer than any should; or its node died, and another takes it up within a minute. */
        HANGING("Hanging", "bad"),
        RUNNING("Running", "wait"),
        PAUSED("Paused", "warn"),
        /** Due for a while, and no node has begun it: all are busy or away. */
        LATE("Late", "bad"),
        FAILING("Failing", "bad"),
        NEVER("Not run yet", "wait"),
        DONE("Done", "ok");

        private final String label;
        private final String tone;

        State(String label, String tone) {
            this.label = label;
            this.tone = tone;
        }

        public String label() {
            return label;
        }

        public String tone() {
            return tone;
        }
    }

    /** When its present run was due, which is when it began or shortly before; null when it is not running. */
    public @Nullable Instant runningSince() {
        return running() ? nextRun : null;
    }

    public boolean running() {
        return state == State.RUNNING || state == State.HANGING;
    }

    /** Whether somebody should look at it. */
    public boolean unwell() {
        return state.tone().equals("bad");
    }
}
