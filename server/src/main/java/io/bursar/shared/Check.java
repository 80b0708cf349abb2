package io.bursar.shared;

/** Our own bugs: a failed check stops the work. Refusals are outcome values, the world's failures exceptions. */
public final class Check {
    private Check() {}

    public static void that(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new IllegalStateException(message.formatted(values));
        }
    }

    public static void argument(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(values));
        }
    }
}
