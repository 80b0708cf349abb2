package io.bursar.ledger;

import java.time.Instant;

/**
 * A pair whose halves do not net to zero: what each book has recorded of it, less what was taken back. One that began a
 * moment ago may still be on its way.
 */
public record UnpairedPair(Reference pair, long inFirst, long inSecond, Instant begunAt) {}
