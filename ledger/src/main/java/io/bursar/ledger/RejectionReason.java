package io.bursar.ledger;

/**
 * Why a posting was refused, in order of precedence: of everything wrong with a posting, the reason nearest the top
 * is answered, and among equal reasons the first leg. A {@link Outcome.Duplicate} comes before all of them.
 */
public enum RejectionReason {
    /** The reference has been posted with other legs or another effective date. */
    REFERENCE_CONFLICT,
    /** The effective date lies in a closed period of the book. */
    PERIOD_CLOSED,
    /** The book has no account of that path. */
    UNKNOWN_ACCOUNT,
    /** The leg's unit is not the unit of both its accounts. */
    UNIT_MISMATCH,
    ACCOUNT_CLOSED,
    DEBITS_FROZEN,
    CREDITS_FROZEN,
    /** No pending leg of that reference and number exists in the book. */
    HOLD_UNKNOWN,
    /** The pending leg has been committed or released already. */
    HOLD_SETTLED,
    /** The pending leg's time has come; what is left of it can only be let go. */
    HOLD_EXPIRED,
    /** More was to be captured than the pending leg still holds. */
    HOLD_EXCEEDED,
    /** No leg of that reference and number exists in the book that could be reversed. */
    ORIGINAL_UNKNOWN,
    /** More was to be given back than the original leg moved and is not given back yet. */
    REVERSAL_EXCEEDED,
    /** A pending leg was to expire, or a lot to lapse, before its time or with nothing left. */
    NOT_DUE,
    /** Balance less pending debits would fall below the floor. */
    INSUFFICIENT_FUNDS,
    /** Balance plus pending credits would rise above the ceiling. */
    CEILING_EXCEEDED,
    /** A balance would leave the range of a 64-bit number. */
    BALANCE_OVERFLOW
}
