package io.bursar.ledger;

/** Two ways to stop: an argument nobody may pass, and a state that only our own bug can produce. */
final class Check {
    private Check() {}

    static void argument(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(name, value, expected));
        }
    }

    static void invariant(boolean holds, String message) {
        if (!holds) {
            throw new IllegalStateException("ledger invariant broken: " + message);
        }
    }
}
