package io.bursar.ledger;

/** Two ways to stop: an argument nobody may pass, and a state that only our own bug can produce. */
final class Check {
    private Check() {}

    static void argument(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(name, value, expected));
        }
    }

    /** Who changes something, and why, as the database keeps them. */
    static void signed(String actor, String reason) {
        argument(!actor.isBlank(), "actor", "blank", "who changes it");
        argument(actor.length() <= Posting.ACTOR_LENGTH_MAX, "actor length", actor.length(), "<= 200");
        argument(!reason.isBlank(), "reason", "blank", "why");
        argument(reason.length() <= Posting.MEMO_LENGTH_MAX, "reason length", reason.length(), "<= 500");
    }

    static void invariant(boolean holds, String message) {
        if (!holds) {
            throw new IllegalStateException("ledger invariant broken: " + message);
        }
    }
}
