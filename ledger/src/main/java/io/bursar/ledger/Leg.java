package io.bursar.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** One step of a posting. Every leg becomes one row of history, or several where lots or debts are touched. */
public sealed interface Leg {

    /** Moves an amount from the debited to the credited account, now. */
    record Move(AccountPath debit, AccountPath credit, long amount, Unit unit) implements Leg {
        public Move {
            checkSides(debit, credit, amount);
        }
    }

    /** Moves an amount to an account of lots as a lot on these terms. */
    record Grant(AccountPath debit, AccountPath credit, long amount, Unit unit, LotTerms terms) implements Leg {
        public Grant {
            checkSides(debit, credit, amount);
        }
    }

    /**
     * Reserves an amount: it counts against the floor of the debited and the ceiling of the credited account but is
     * in neither balance until a {@link Commit} names it. A hold on a wallet is one, a deposit not yet final another.
     * It can be committed until it expires; {@code null} is never.
     */
    record Pend(
            AccountPath debit,
            AccountPath credit,
            long amount,
            Unit unit,
            @Nullable Instant expiresAt) implements Leg {
        public Pend {
            checkSides(debit, credit, amount);
            expiresAt = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS);
        }

        public Pend(AccountPath debit, AccountPath credit, long amount, Unit unit) {
            this(debit, credit, amount, unit, null);
        }
    }

    /** Posts an amount of a pending leg of an earlier posting of the same book; {@code null} is all that is left. */
    record Commit(Reference pending, int leg, @Nullable Long amount) implements Leg {
        public Commit {
            checkEarlier(leg, amount);
        }

        public Commit(Reference pending, int leg) {
            this(pending, leg, null);
        }
    }

    /** Lets an amount of a pending leg go; {@code null} is all that is left. No balance changes. */
    record Release(Reference pending, int leg, @Nullable Long amount) implements Leg {
        public Release {
            checkEarlier(leg, amount);
        }

        public Release(Reference pending, int leg) {
            this(pending, leg, null);
        }
    }

    /** Lets all that is left of a pending leg go because its time has come. */
    record Expire(Reference pending, int leg) implements Leg {
        public Expire {
            checkEarlier(leg, null);
        }
    }

    /**
     * Gives an amount of an earlier leg back, to where it came from, lots included; {@code null} is all that has not
     * been reversed yet. More than that is refused. A forced reversal posts in full like a {@link Force}.
     */
    record Reverse(Reference original, int leg, @Nullable Long amount, boolean forced) implements Leg {
        public Reverse {
            checkEarlier(leg, amount);
        }

        public Reverse(Reference original, int leg) {
            this(original, leg, null, false);
        }
    }

    /**
     * A forced correction, for what has happened whatever we think of it: a reorganised chain, a chargeback. It posts
     * in full, frozen or not: first what the debited account has, then the rest from the account it names as owed,
     * which later credits repay by themselves. An account that names none is refused when it is short.
     */
    record Force(AccountPath debit, AccountPath credit, long amount, Unit unit) implements Leg {
        public Force {
            checkSides(debit, credit, amount);
        }
    }

    /** Lets what is free of an expired lot lapse. */
    record Lapse(AccountPath lot) implements Leg {}

    private static void checkSides(AccountPath debit, AccountPath credit, long amount) {
        Check.argument(amount > 0, "amount", amount, "> 0");
        Check.argument(!debit.equals(credit), "credit account", credit, "another than the debit account");
    }

    private static void checkEarlier(int leg, @Nullable Long amount) {
        Check.argument(leg >= 0 && leg < Posting.LEGS_MAX, "leg", leg, "0 to " + (Posting.LEGS_MAX - 1));
        Check.argument(amount == null || amount > 0, "amount", String.valueOf(amount), "> 0");
    }
}
