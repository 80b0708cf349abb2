package io.bursar.ledger.archive;

import io.bursar.ledger.BookId;
import io.bursar.ledger.proof.Verification;

/** What importing an archive came to. Whatever is refused leaves nothing behind. */
public sealed interface ImportOutcome {

    /** The book is in the database, was verified there, and can be posted to. */
    record Imported(Verification.Sound book) implements ImportOutcome {}

    /** A book of this id or of this name is in the database already. */
    record BookExists(BookId book, String message) implements ImportOutcome {}

    /** The line, counted from 1, is not what has to be there, or the database does not take it. */
    record Unreadable(long line, String message) implements ImportOutcome {
        @Override
        public String toString() {
            return "line " + line + ": " + message;
        }
    }

    /** The archive is in order but the rows do not fit each other, or not the seal. */
    record Unsound(Verification.Broken book) implements ImportOutcome {}
}
