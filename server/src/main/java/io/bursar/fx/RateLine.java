package io.bursar.fx;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One currency as the console shows it. {@code rate} is units for one EUR. */
record RateLine(
        String currency,
        int scale,
        @Nullable String rate,
        @Nullable LocalDate asOf,
        @Nullable Instant fetchedAt,
        State state,
        @Nullable String note) {
    enum State {
        BASE("ok", "Base"),
        FRESH("ok", "Fresh"),
        CACHED("warn", "Cached"),
        UNAVAILABLE("bad", "Unavailable");

        private final String tone;
        private final String label;

        State(String tone, String label) {
            this.tone = tone;
            this.label = label;
        }

        public String tone() {
            return tone;
        }

        public String label() {
            return label;
        }
    }
}
