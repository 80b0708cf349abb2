package io.bursar.stablecoin.evm;

import java.util.List;

/**
 * What became of a transaction. The logs are in order of execution, so a log's place in this list (its ordinal) stays
 * the same when a reorg moves the transaction to another block.
 */
public record Receipt(
        TxHash txHash,
        BlockHash blockHash,
        long blockNumber,
        boolean succeeded,
        int type,
        Address from,
        List<EvmLog> logs) {

    /** ArbOS internal transactions; §6.4 says never to credit one. */
    private static final int ARBITRUM_INTERNAL_TYPE = 0x6a;

    public Receipt {
        logs = List.copyOf(logs);
    }

    public boolean isArbitrumInternal() {
        return type == ARBITRUM_INTERNAL_TYPE;
    }
}
