package io.bursar.identity;

/** What came of disabling an operator. */
public enum OperatorDisabling {
    DISABLED,
    ONESELF,
    LAST_ADMIN,
    /** Unknown, or disabled before. */
    NOT_ENABLED
}
