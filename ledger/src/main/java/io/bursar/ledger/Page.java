package io.bursar.ledger;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Some items and, when there are more, the cursor to ask for the next ones with. Cursors are opaque. */
public record Page<T>(List<T> items, @Nullable String next) {
    public static final int LIMIT_MAX = 1_000;

    public Page {
        items = List.copyOf(items);
    }

    /** Cuts a page from one row more than it may hold, which is how it is known that there are more. */
    static <T> Page<T> cut(List<T> items, int limit, Function<T, String> cursor) {
        if (items.size() <= limit) {
            return new Page<>(items, null);
        }
        List<T> kept = items.subList(0, limit);
        return new Page<>(kept, cursor.apply(kept.getLast()));
    }

    static void checkLimit(int limit) {
        Check.argument(limit > 0 && limit <= LIMIT_MAX, "limit", limit, "1 to " + LIMIT_MAX);
    }
}
