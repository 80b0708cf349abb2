package io.bursar.ledger;

import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An account of the {@link Model}: three numbers, two limits and three bars. */
final class ModelAccount {
    final AccountSpec spec;
    /** Which lot of its parent this is, counted from one; zero is no lot. */
    final long lot;

    private long posted;
    private long pendingDebits;
    private long pendingCredits;
    boolean debitsFrozen;
    boolean creditsFrozen;
    boolean closed;

    ModelAccount(AccountSpec spec, long lot) {
        this.spec = spec;
        this.lot = lot;
    }

    ModelAccount copy() {
        ModelAccount copy = new ModelAccount(spec, lot);
        copy.posted = posted;
        copy.pendingDebits = pendingDebits;
        copy.pendingCredits = pendingCredits;
        copy.debitsFrozen = debitsFrozen;
        copy.creditsFrozen = creditsFrozen;
        copy.closed = closed;
        return copy;
    }

    void bar(AccountState.Bars bars) {
        debitsFrozen = bars.closed() ? debitsFrozen : bars.debitsFrozen();
        creditsFrozen = bars.closed() ? creditsFrozen : bars.creditsFrozen();
        closed = bars.closed();
    }

    AccountState.Bars bars() {
        return new AccountState.Bars(debitsFrozen, creditsFrozen, closed);
    }

    AccountPath path() {
        return spec.path();
    }

    @Nullable
    AccountPath parent() {
        return spec.kind() instanceof AccountKind.Lot lotKind ? lotKind.parent() : null;
    }

    boolean holdsLots() {
        return spec.kind() instanceof AccountKind.OfLots;
    }

    @Nullable
    Instant expiresAt() {
        return spec.kind() instanceof AccountKind.Lot lotKind ? lotKind.expiresAt() : null;
    }

    boolean hasExpired(Instant now) {
        Instant expiresAt = expiresAt();
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    long posted() {
        return posted;
    }

    long available() {
        return posted - pendingDebits;
    }

    Sums sums() {
        return new Sums(posted, pendingDebits, pendingCredits);
    }

    boolean isEmpty() {
        return posted == 0 && pendingDebits == 0 && pendingCredits == 0;
    }

    /** What of an amount can leave the account before its floor stops it. */
    long free(long amount) {
        Long floor = spec.policy().floor();
        return floor == null ? amount : Math.max(0, Math.min(amount, available() - floor));
    }

    boolean isBelowFloor() {
        Long floor = spec.policy().floor();
        return floor != null && available() < floor;
    }

    boolean isAboveCeiling() {
        Long ceiling = spec.policy().ceiling();
        return ceiling != null && posted + pendingCredits > ceiling;
    }

    /** Adds to the three numbers; false, and nothing added, if one of them or what they say together is too big. */
    boolean add(long toPosted, long toPendingDebits, long toPendingCredits) {
        BigInteger newPosted = sum(posted, toPosted);
        BigInteger newDebits = sum(pendingDebits, toPendingDebits);
        BigInteger newCredits = sum(pendingCredits, toPendingCredits);
        boolean fits = isLong(newPosted)
                && isLong(newDebits)
                && isLong(newCredits)
                && isLong(newPosted.subtract(newDebits))
                && isLong(newPosted.add(newCredits));
        if (fits) {
            posted = newPosted.longValue();
            pendingDebits = newDebits.longValue();
            pendingCredits = newCredits.longValue();
        }
        return fits;
    }

    private static BigInteger sum(long one, long other) {
        return BigInteger.valueOf(one).add(BigInteger.valueOf(other));
    }

    private static boolean isLong(BigInteger number) {
        return number.bitLength() < Long.SIZE;
    }
}
