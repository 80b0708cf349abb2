package io.bursar.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account as it stands. The balance is credits less debits of what is posted; pending amounts are beside it.
 *
 * @param lastAt when it last changed: its last transfer or account event, or its lots'
 */
public record Account(
        BookId book,
        AccountPath path,
        Unit unit,
        AccountKind kind,
        long balance,
        long pendingDebits,
        long pendingCredits,
        Policy policy,
        List<Freeze> freezes,
        boolean closed,
        long sequence,
        Instant openedAt,
        Instant lastAt) {

    public Account {
        freezes = List.copyOf(freezes);
    }

    /** What is left to reserve or spend, before the floor is looked at. */
    public long available() {
        return Math.subtractExact(balance, pendingDebits);
    }

    /** What the ceiling is compared with. */
    long expected() {
        return Math.addExact(balance, pendingCredits);
    }

    public @Nullable Long floor() {
        return policy.floor();
    }

    public @Nullable Long ceiling() {
        return policy.ceiling();
    }

    /** Which movements a freeze stops. */
    public enum Direction {
        DEBITS,
        CREDITS
    }

    /** One reason why an account is frozen, owned by the actor who gave it. */
    public record Freeze(Direction direction, String actor, String reason) {}
}
