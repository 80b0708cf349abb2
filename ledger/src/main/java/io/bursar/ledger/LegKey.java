package io.bursar.ledger;

/** Where an earlier leg is found while posting: the posting that made it and the number of the leg. */
record LegKey(BookId book, Reference reference, int leg) {}
