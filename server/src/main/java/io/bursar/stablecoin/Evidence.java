package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.Receipt;
import java.time.Instant;

/** What the chain says of a transaction hash. */
sealed interface Evidence {
    /** No node has heard of it. */
    record Unknown() implements Evidence {}

    record InMempool() implements Evidence {}

    /**
     * It is in a block that was canonical when this was read.
     *
     * @param counts whether that block has reached the tier at which the partner is paid
     */
    record Mined(Receipt receipt, Instant blockTime, boolean counts) implements Evidence {}
}
