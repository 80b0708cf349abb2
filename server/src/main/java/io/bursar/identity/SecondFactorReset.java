package io.bursar.identity;

/** What came of taking somebody's second factor away. */
public enum SecondFactorReset {
    DONE,
    ONESELF,
    /** There is none, or no such operator. */
    NONE
}
