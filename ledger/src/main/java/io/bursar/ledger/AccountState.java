package io.bursar.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account at one moment of deciding. Changes make another state; a posting that fails half-way is undone by
 * forgetting its states.
 */
record AccountState(
        AccountKey key,
        UUID id,
        Unit unit,
        AccountKind kind,
        Policy policy,
        Bars bars,
        Sums sums,
        long sequence,
        Instant lastAt,
        Hash lastHash) {

    /** The order in which everybody locks accounts, which is PostgreSQL's order of (book, id). */
    static final Comparator<AccountState> LOCKING_ORDER = Comparator.<AccountState, UUID>comparing(
                    account -> account.key().book().value(), AccountState::compareUnsigned)
            .thenComparing(AccountState::id, AccountState::compareUnsigned);

    private static int compareUnsigned(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    /** What stops movements whatever the balance is. */
    record Bars(boolean debitsFrozen, boolean creditsFrozen, boolean closed) {
        static final Bars NONE = new Bars(false, false, false);
    }

    AccountPath path() {
        return key.path();
    }

    /** The account of that path in the same book. */
    AccountKey beside(AccountPath path) {
        return new AccountKey(key.book(), path);
    }

    Outcome.SideAfter after() {
        return new Outcome.SideAfter(path(), sequence, sums.posted());
    }

    /** What can leave the account before the floor stops it; without one, whatever is asked, unless it is closed. */
    long spendable(long asked) {
        Long floor = policy.floor();
        if (bars.closed()) {
            return 0;
        }
        if (floor == null) {
            return asked;
        }
        long above = saturatedDifference(sums.available(), floor);
        return Math.clamp(above, 0, asked);
    }

    private static long saturatedDifference(long one, long other) {
        long difference = one - other;
        boolean overflown = ((one ^ other) & (one ^ difference)) < 0;
        return overflown ? Long.MAX_VALUE : difference;
    }

    boolean isBelowFloor() {
        Long floor = policy.floor();
        return floor != null && sums.available() < floor;
    }

    boolean isAboveCeiling() {
        Long ceiling = policy.ceiling();
        return ceiling != null && sums.expected() > ceiling;
    }

    boolean isExpiredLotAt(Instant instant) {
        return kind instanceof AccountKind.Lot lot && lot.isExpiredAt(instant);
    }

    /** The account after it was one side of a row, as its next; null when an amount would leave 64 bits. */
    @Nullable
    AccountState next(Sums by) {
        return with(by, sequence + 1);
    }

    /** A parent after one of its lots changed: its sums follow, and the row is the lot's. */
    @Nullable
    AccountState withLotChanged(Sums by) {
        return with(by, sequence);
    }

    private @Nullable AccountState with(Sums by, long sequenceAfter) {
        try {
            return new AccountState(key, id, unit, kind, policy, bars, sums.plus(by), sequenceAfter, lastAt, lastHash);
        } catch (ArithmeticException overflow) {
            return null;
        }
    }

    /** The account with its newest row as the end of its chain. */
    AccountState chained(Instant at, Hash hash) {
        return new AccountState(key, id, unit, kind, policy, bars, sums, sequence, at, hash);
    }

    /** A parent's time follows its lots', so that its lots' rows can be told in order. */
    AccountState passed(Instant at) {
        return chained(at, lastHash);
    }
}
