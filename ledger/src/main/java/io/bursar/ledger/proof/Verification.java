package io.bursar.ledger.proof;

import io.bursar.ledger.BookId;

/** What verifying a book came to. */
public sealed interface Verification {

    /** Every row fits. The root is over the heads of all accounts as they stand, which a seal of now would have. */
    record Sound(BookId book, long accounts, long events, long transfers, int periods, String headsRoot)
            implements Verification {}

    /** Something does not fit: the first of it, and how much more, {@value Findings#COUNTED_MAX} at most. */
    record Broken(BookId book, Finding first, int further) implements Verification {}
}
