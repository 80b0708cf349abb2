package io.bursar.upkeep;

import java.util.Locale;

/** How a purge ended. */
enum PurgeOutcome {
    /** Nothing that is old and free was left. */
    FINISHED("Finished", "ok"),
    /** Its time was over; the next one goes on. */
    OUT_OF_TIME("Out of time", "warn"),
    /** This node is shutting down; the next one goes on. */
    STOPPED("Stopped", "wait"),
    /** Some rows could not be deleted; the others were. */
    HINDERED("Hindered", "bad");

    private final String label;
    private final String tone;

    PurgeOutcome(String label, String tone) {
        this.label = label;
        this.tone = tone;
    }

    public String label() {
        return label;
    }

    public String tone() {
        return tone;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PurgeOutcome parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
