package io.bursar.ledger;

/** Where an account is found while posting. */
record AccountKey(BookId book, AccountPath path) {}
