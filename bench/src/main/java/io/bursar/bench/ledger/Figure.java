package io.bursar.bench.ledger;

import org.jspecify.annotations.Nullable;

/**
 * One measured number with what it is held to. {@code atLeast} is the bound and {@code aim} the better one; where less
 * is better both are the most it may be.
 */
record Figure(
        String id,
        String title,
        double figure,
        String unit,
        @Nullable Bound bound,
        String beside) {

    /** Both bounds and the side of them that is good. */
    record Bound(double atLeast, double aim, boolean lessIsBetter) {
        static Bound atLeast(double bound, double aim) {
            return new Bound(bound, aim, false);
        }

        static Bound atMost(double bound, double aim) {
            return new Bound(bound, aim, true);
        }

        boolean holds(double figure) {
            return lessIsBetter ? figure <= atLeast : figure >= atLeast;
        }
    }

    static Figure plain(String id, String title, double figure, String unit, String beside) {
        return new Figure(id, title, figure, unit, null, beside);
    }

    /** Whether the bound holds; a figure without a bound has nothing to hold. */
    @Nullable
    Boolean holds() {
        return bound == null ? null : bound.holds(figure);
    }
}
