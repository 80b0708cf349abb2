package io.bursar.ledger;

/** One step of a posting. Every leg becomes one row of history. */
public sealed interface Leg {

    /** Moves an amount from the debited to the credited account, now. */
    record Move(AccountPath debit, AccountPath credit, long amount, Unit unit) implements Leg {
        public Move {
            checkSides(debit, credit, amount);
        }
    }

    /**
     * Reserves an amount: it counts against the floor of the debited and the ceiling of the credited account but is
     * in neither balance until a {@link Commit} names it. A hold on a wallet is one, a deposit not yet final another.
     */
    record Pend(AccountPath debit, AccountPath credit, long amount, Unit unit) implements Leg {
        public Pend {
            checkSides(debit, credit, amount);
        }
    }

    /** Posts the whole of a pending leg of an earlier posting of the same book. */
    record Commit(Reference pending, int leg) implements Leg {
        public Commit {
            checkLeg(leg);
        }
    }

    /** Lets the whole of a pending leg go: the reservation ends and no balance changes. */
    record Release(Reference pending, int leg) implements Leg {
        public Release {
            checkLeg(leg);
        }
    }

    private static void checkSides(AccountPath debit, AccountPath credit, long amount) {
        Check.argument(amount > 0, "amount", amount, "> 0");
        Check.argument(!debit.equals(credit), "credit account", credit, "another than the debit account");
    }

    private static void checkLeg(int leg) {
        Check.argument(leg >= 0 && leg < Posting.LEGS_MAX, "leg", leg, "0 to " + (Posting.LEGS_MAX - 1));
    }
}
