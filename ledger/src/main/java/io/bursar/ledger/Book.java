package io.bursar.ledger;

import java.time.Instant;

/** A book as it stands in the ledger. */
public record Book(BookId id, String name, Instant openedAt) {}
