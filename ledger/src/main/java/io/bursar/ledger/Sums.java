package io.bursar.ledger;

/** What an account holds: its posted balance, and what is reserved to leave it and to come to it. Sums are exact. */
record Sums(long posted, long pendingDebits, long pendingCredits) {
    static final Sums ZERO = new Sums(0, 0, 0);

    /** Overflow is an arithmetic error, of the sums and of what they add up to. */
    Sums plus(Sums by) {
        Sums sums = new Sums(
                Math.addExact(posted, by.posted),
                Math.addExact(pendingDebits, by.pendingDebits),
                Math.addExact(pendingCredits, by.pendingCredits));
        sums.available();
        sums.expected();
        return sums;
    }

    /** What the floor is compared with. */
    long available() {
        return Math.subtractExact(posted, pendingDebits);
    }

    /** What the ceiling is compared with. */
    long expected() {
        return Math.addExact(posted, pendingCredits);
    }

    boolean areZero() {
        return equals(ZERO);
    }
}
