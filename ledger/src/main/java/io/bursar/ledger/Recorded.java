package io.bursar.ledger;

/** What a reference stands for once it is posted. */
record Recorded(Hash content, Outcome.Posted result) {}
