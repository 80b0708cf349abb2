package io.bursar.ledger;

/**
 * A pending row, and what became of it until now.
 *
 * @param pending the row itself, which never changes
 * @param committed what was posted of it
 * @param remaining what still reserves; zero once it is settled
 */
public record Hold(Transfer pending, long committed, long remaining) {}
