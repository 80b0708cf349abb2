package io.bursar.ledger;

/** Where a posting is found while posting. */
record ReferenceKey(BookId book, Reference reference) {}
