package io.bursar.ledger;

/** Where a pending leg is found while posting: the posting that made it and the number of the leg. */
record HoldKey(BookId book, Reference reference, int leg) {}
