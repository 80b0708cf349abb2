package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.BlockHeader;
import io.bursar.stablecoin.evm.ChainSpec;
import io.bursar.stablecoin.evm.ChainTransaction;
import io.bursar.stablecoin.evm.EvmLog;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.FinalityHead;
import io.bursar.stablecoin.evm.LogFilter;
import io.bursar.stablecoin.evm.Receipt;
import io.bursar.stablecoin.evm.TxHash;
import java.util.List;
import java.util.Optional;

/**
 * Where facts about a chain come from; direct JSON-RPC unless somebody brings another source. Empty means that there is
 * none. Whoever cannot answer throws a {@link io.bursar.platform.WorldFailedException}, and then nothing may be
 * concluded. Never called inside a database transaction.
 */
interface ChainReader {
    ChainSpec chain();

    BlockHeader latest();

    Optional<BlockHeader> block(long number);

    Optional<BlockHeader> block(BlockHash hash);

    /** The highest block that has reached the tier, if any has. */
    Optional<FinalityHead> head(Finality tier);

    List<EvmLog> transferLogs(LogFilter filter, long fromBlock, long toBlock);

    Optional<List<EvmLog>> transferLogs(LogFilter filter, BlockHash block);

    Optional<Receipt> receipt(TxHash tx);

    Optional<ChainTransaction> transaction(TxHash tx);

    /** Whether a block is still the one at its height. */
    default boolean isCanonical(long number, BlockHash hash) {
        return block(number).filter(header -> header.hash().equals(hash)).isPresent();
    }
}
