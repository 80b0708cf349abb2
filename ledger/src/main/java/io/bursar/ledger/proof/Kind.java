package io.bursar.ledger.proof;

import org.jspecify.annotations.Nullable;

/** What a transfer does to its accounts: each sum changes by so many times the amount. */
enum Kind {
    MOVE(-1, 0, 1, 0),
    PEND(0, 1, 0, 1),
    COMMIT(-1, -1, 1, -1),
    RELEASE(0, -1, 0, -1),
    EXPIRE(0, -1, 0, -1),
    REVERSE(-1, 0, 1, 0),
    FORCE(-1, 0, 1, 0),
    REPAY(-1, 0, 1, 0),
    LAPSE(-1, 0, 1, 0);

    private static final Kind[] ALL = values();

    final int debtorPosted;
    final int debtorPending;
    final int creditorPosted;
    final int creditorPending;

    Kind(int debtorPosted, int debtorPending, int creditorPosted, int creditorPending) {
        this.debtorPosted = debtorPosted;
        this.debtorPending = debtorPending;
        this.creditorPosted = creditorPosted;
        this.creditorPending = creditorPending;
    }

    static @Nullable Kind of(Row row, int column) {
        for (Kind kind : ALL) {
            if (row.reads(column, kind.name())) {
                return kind;
            }
        }
        return null;
    }

    boolean settlesHold() {
        return this == COMMIT || this == RELEASE || this == EXPIRE;
    }

    boolean settles() {
        return settlesHold() || this == REVERSE;
    }

    boolean isReversible() {
        return this == MOVE || this == COMMIT || this == FORCE;
    }

    /** Whether a freeze stops it; what was reserved before, and what corrects, passes. */
    boolean isStoppedByFreeze() {
        return this == MOVE || this == PEND;
    }
}
