package io.bursar.identity;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How long the old secret of a key goes on working beside its new one. */
public enum KeyOverlap {
    DAY("24 hours", Duration.ofHours(24)),
    WEEK("7 days", Duration.ofDays(7)),
    HOUR("1 hour", Duration.ofHours(1)),
    NONE("not at all", Duration.ZERO);

    private final String words;
    private final Duration duration;

    KeyOverlap(String words, Duration duration) {
        this.words = words;
        this.duration = duration;
    }

    /** As a page names it. */
    public String words() {
        return words;
    }

    public Duration duration() {
        return duration;
    }

    public static Optional<KeyOverlap> of(String name) {
        return Arrays.stream(values())
                .filter(overlap -> overlap.name().equals(name))
                .findFirst();
    }
}
