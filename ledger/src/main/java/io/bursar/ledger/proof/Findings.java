package io.bursar.ledger.proof;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What does not fit: the first of it, and how much more. */
final class Findings {
    /** After so many the rest of the book need not be read: it is broken. */
    static final int COUNTED_MAX = 1_000;

    private @Nullable Finding first;
    private int count;

    void add(String table, Object row, String what, Object expected, Object found) {
        if (first == null) {
            first = new Finding(table, row.toString(), what, expected.toString(), found.toString());
        }
        count++;
    }

    boolean areMany() {
        return count >= COUNTED_MAX;
    }

    Optional<Finding> first() {
        return Optional.ofNullable(first);
    }

    int further() {
        return Math.max(0, count - 1);
    }
}
