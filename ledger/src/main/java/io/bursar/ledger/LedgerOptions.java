package io.bursar.ledger;

import java.time.Duration;

/**
 * How a ledger gathers what is submitted to it.
 *
 * @param lanes how many transactions this process posts in at once; a book is always in one lane, and lanes that touch
 *     the same accounts only wait for each other, so more than one pays only for books that are busy side by side
 * @param batchLegsMax where a batch ends
 * @param waitingLegsMax how many legs may wait in a lane; beyond that a posting is refused
 * @param patience for how long a database that is away is tried again
 */
public record LedgerOptions(int lanes, int batchLegsMax, int waitingLegsMax, Duration patience) {
    public static final LedgerOptions DEFAULT = new LedgerOptions(1, 1_000, 65_536, Duration.ofSeconds(15));

    public LedgerOptions {
        Check.argument(lanes > 0, "lanes", lanes, "> 0");
        Check.argument(batchLegsMax > 0, "batch legs", batchLegsMax, "> 0");
        Check.argument(waitingLegsMax >= Posting.LEGS_MAX, "waiting legs", waitingLegsMax, ">= " + Posting.LEGS_MAX);
        Check.argument(!patience.isNegative(), "patience", patience, ">= 0");
    }
}
