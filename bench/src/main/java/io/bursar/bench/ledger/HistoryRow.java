package io.bursar.bench.ledger;

import java.util.UUID;

/** A MOVE as the ledger would have written it. Times are microseconds since 1970, in UTC. */
record HistoryRow(
        UUID book,
        UUID id,
        UUID debit,
        UUID credit,
        long amount,
        long debitSequence,
        long debitBalance,
        long creditSequence,
        long creditBalance,
        long postedAtMicros,
        String reference) {
    private static final long MICROSECONDS_A_DAY = 86_400_000_000L;

    long effectiveDay() {
        return Math.floorDiv(postedAtMicros, MICROSECONDS_A_DAY);
    }
}
