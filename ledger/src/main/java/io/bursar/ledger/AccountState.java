package io.bursar.ledger;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An account at one moment of deciding. Changes make another state; a posting that fails half-way is undone by
 * forgetting its states.
 */
record AccountState(
        AccountKey key,
        UUID id,
        Unit unit,
        @Nullable Long floor,
        @Nullable Long ceiling,
        boolean debitsFrozen,
        boolean creditsFrozen,
        boolean closed,
        long posted,
        long pendingDebits,
        long pendingCredits,
        long sequence,
        Instant lastAt,
        Hash lastHash) {

    AccountPath path() {
        return key.path();
    }

    Outcome.SideAfter after() {
        return new Outcome.SideAfter(path(), sequence, posted);
    }

    /** What the floor is compared with. */
    long available() {
        return Math.subtractExact(posted, pendingDebits);
    }

    /** What the ceiling is compared with. */
    long expected() {
        return Math.addExact(posted, pendingCredits);
    }

    boolean isBelowFloor() {
        return floor != null && available() < floor;
    }

    boolean isAboveCeiling() {
        return ceiling != null && expected() > ceiling;
    }

    /** The account after it was the debtor of a row; null when an amount would leave 64 bits. */
    @Nullable
    AccountState debited(Transfer.Kind kind, long amount) {
        return inRange(() -> switch (kind) {
            case MOVE -> changed(-amount, 0, 0);
            case PEND -> changed(0, amount, 0);
            case COMMIT -> changed(-amount, -amount, 0);
            case RELEASE -> changed(0, -amount, 0);
        });
    }

    /** The account after it was the creditor of a row; null when an amount would leave 64 bits. */
    @Nullable
    AccountState credited(Transfer.Kind kind, long amount) {
        return inRange(() -> switch (kind) {
            case MOVE -> changed(amount, 0, 0);
            case PEND -> changed(0, 0, amount);
            case COMMIT -> changed(amount, 0, -amount);
            case RELEASE -> changed(0, 0, -amount);
        });
    }

    private static @Nullable AccountState inRange(Supplier<AccountState> change) {
        try {
            AccountState account = change.get();
            Math.subtractExact(account.posted, account.pendingDebits);
            Math.addExact(account.posted, account.pendingCredits);
            return account;
        } catch (ArithmeticException overflow) {
            return null;
        }
    }

    /** Adds to the balance and to the pending sums, as the next row of the account; overflow is an arithmetic error. */
    private AccountState changed(long postedBy, long pendingDebitsBy, long pendingCreditsBy) {
        return new AccountState(
                key,
                id,
                unit,
                floor,
                ceiling,
                debitsFrozen,
                creditsFrozen,
                closed,
                Math.addExact(posted, postedBy),
                Math.addExact(pendingDebits, pendingDebitsBy),
                Math.addExact(pendingCredits, pendingCreditsBy),
                sequence + 1,
                lastAt,
                lastHash);
    }

    /** The account with its newest row as the end of its chain. */
    AccountState chained(Instant at, Hash hash) {
        return new AccountState(
                key,
                id,
                unit,
                floor,
                ceiling,
                debitsFrozen,
                creditsFrozen,
                closed,
                posted,
                pendingDebits,
                pendingCredits,
                sequence,
                at,
                hash);
    }
}
