package io.bursar.stablecoin;

import java.util.Locale;

/** What the last look at a proof met. The first four wait; the others are what a proof failed for. */
enum ProofReason {
    NOT_FOUND,
    IN_MEMPOOL,
    WAITING_FINALITY,
    /** It had verified the request, and then its block left the chain. */
    REVERSED,
    REVERTED,
    WRONG_TOKEN,
    WRONG_RECIPIENT,
    WRONG_AMOUNT,
    LATE,
    EARLY,
    DUPLICATE,
    AMOUNT_OUT_OF_RANGE,
    /** Its Transfer to this very address credits another request. */
    TX_ALREADY_USED;

    /** The word that is stored and that programs see. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
