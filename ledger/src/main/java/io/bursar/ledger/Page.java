package io.bursar.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some items and, when there are more, the cursor to ask for the next ones with. Cursors are opaque. */
public record Page<T>(List<T> items, @Nullable String next) {
    public static final int LIMIT_MAX = 1_000;

    public Page {
        items = List.copyOf(items);
    }
}
