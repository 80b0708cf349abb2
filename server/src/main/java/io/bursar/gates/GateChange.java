package io.bursar.gates;

import io.bursar.shared.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What comes of the wish to close or open a gate. An unusable reason is told before the state of the gate. */
sealed interface GateChange {
    int REASON_CHARACTERS_MAX = 500;

    record ReasonUnusable(String sentence) implements GateChange {}

    /** Somebody was first. What they gave as their reason stays. */
    record AlreadyClosed(Closure since) implements GateChange {}

    record AlreadyOpen() implements GateChange {}

    record Closed(Closure closure) implements GateChange {}

    record Opened(Closure ended, String reason) implements GateChange {}

    static GateChange close(@Nullable Closure current, String reason, Actor by, Instant now) {
        String words = reason.strip();
        if (!usable(words)) {
            return unusable();
        }
        return current != null ? new AlreadyClosed(current) : new Closed(new Closure(words, by.text(), now));
    }

    static GateChange open(@Nullable Closure current, String reason) {
        String words = reason.strip();
        if (!usable(words)) {
            return unusable();
        }
        return current == null ? new AlreadyOpen() : new Opened(current, words);
    }

    private static boolean usable(String words) {
        return !words.isEmpty() && words.length() <= REASON_CHARACTERS_MAX;
    }

    private static GateChange unusable() {
        return new ReasonUnusable("A reason of 1 to " + REASON_CHARACTERS_MAX + " characters is needed.");
    }
}
