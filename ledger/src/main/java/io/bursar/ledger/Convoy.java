package io.bursar.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Postings of one book that must not pass each other: what stands in the way of one stands in the way of all that come
 * after it. A posting that was submitted alone is a convoy of its own. Guarded by {@link Detours}.
 */
final class Convoy {
    /** Where the last of those is that are on a detour; null when none is. */
    @Nullable
    AccountKey line;

    int detoured;
}
