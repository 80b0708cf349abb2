package io.bursar.stablecoin.evm;

import org.jspecify.annotations.Nullable;

/** A transaction that a node knows. Without a block number it waits in the mempool. */
public record ChainTransaction(
        TxHash hash, Address from, long nonce, @Nullable Long blockNumber) {

    public boolean isPending() {
        return blockNumber == null;
    }
}
