package io.bursar.stablecoin.evm;

import java.util.List;

/** One event as the node told it. {@code logIndex} is its place in the block and changes when the block does. */
public record EvmLog(
        Address address,
        List<String> topics,
        String data,
        boolean removed,
        BlockHash blockHash,
        long blockNumber,
        TxHash txHash,
        long logIndex) {

    public EvmLog {
        topics = List.copyOf(topics);
    }
}
