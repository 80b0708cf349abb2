package io.bursar.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The limits of an account, enforced while posting, with pending amounts counted against it: balance less pending
 * debits never goes below the floor, balance plus pending credits never above the ceiling. {@code null} is no limit.
 */
public record Policy(@Nullable Long floor, @Nullable Long ceiling) {
    /** What an account has unless somebody says otherwise: it cannot be overdrawn. */
    public static final Policy FLOOR_ZERO = new Policy(0L, null);

    /** For the accounts that stand for the outside world. */
    public static final Policy NO_FLOOR = new Policy(null, null);

    public Policy {
        boolean ordered = floor == null || ceiling == null || floor <= ceiling;
        Check.argument(ordered, "floor", String.valueOf(floor), "<= ceiling " + ceiling);
    }

    static boolean floorIsZero(Policy policy) {
        Long floor = policy.floor();
        return floor != null && floor == 0;
    }

    public static Policy floor(long floor) {
        return new Policy(floor, null);
    }

    public static Policy between(long floor, long ceiling) {
        return new Policy(floor, ceiling);
    }
}
