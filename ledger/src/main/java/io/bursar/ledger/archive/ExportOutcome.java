package io.bursar.ledger.archive;

import io.bursar.ledger.BookId;
import io.bursar.ledger.proof.Verification;

/** What exporting a book came to. */
public sealed interface ExportOutcome {

    /** The book was found sound and written whole; the hash is the one in the archive's last line. */
    record Exported(Verification.Sound book, String sha256) implements ExportOutcome {}

    /** There is no such book; nothing was written. */
    record UnknownBook(BookId book) implements ExportOutcome {}

    /** The rows do not fit each other, so that nobody could import them; nothing was written. */
    record Unsound(Verification.Broken book) implements ExportOutcome {}
}
