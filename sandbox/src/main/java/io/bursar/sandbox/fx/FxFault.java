package io.bursar.sandbox.fx;

/** Ways in which a rate feed goes wrong. */
public enum FxFault {
    NONE,
    HTTP_500,
    /** HTML where XML should be. */
    GARBAGE,
    ZERO_RATE,
    NEGATIVE_RATE,
    /** Rates dated three weeks ago. */
    STALE_DATE,
    /** Every rate three times what it was. */
    JUMP,
    /** No answer for as long as the fault is on, a minute at most. */
    TIMEOUT
}
