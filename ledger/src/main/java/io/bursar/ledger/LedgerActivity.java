package io.bursar.ledger;

/**
 * What a ledger has done since it was opened, and what waits, for whoever watches it.
 *
 * @param batches how many batches were written or tried; with {@code postings}, how large they are
 * @param postings how many submissions were in them
 * @param waitingLegs how many legs wait for their turn now
 */
public record LedgerActivity(long batches, long postings, int waitingLegs) {
    static final LedgerActivity NONE = new LedgerActivity(0, 0, 0);

    LedgerActivity plus(LedgerActivity other) {
        return new LedgerActivity(batches + other.batches, postings + other.postings, waitingLegs + other.waitingLegs);
    }
}
