package io.bursar.stablecoin;

import io.bursar.platform.WorldFailedException;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.BlockHeader;
import io.bursar.stablecoin.evm.ChainSpec;
import io.bursar.stablecoin.evm.ChainTransaction;
import io.bursar.stablecoin.evm.EvmLog;
import io.bursar.stablecoin.evm.EvmRpc;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.FinalityHead;
import io.bursar.stablecoin.evm.LogFilter;
import io.bursar.stablecoin.evm.Receipt;
import io.bursar.stablecoin.evm.RpcAnswer;
import io.bursar.stablecoin.evm.RpcFailure;
import io.bursar.stablecoin.evm.TxHash;
import java.util.List;
import java.util.Optional;

/** Facts from the chain's own nodes. */
final class RpcChainReader implements ChainReader {
    static final String UNAVAILABLE = "rpc_unavailable";

    private final EvmRpc rpc;

    RpcChainReader(EvmRpc rpc) {
        this.rpc = rpc;
    }

    @Override
    public ChainSpec chain() {
        return rpc.chain();
    }

    @Override
    public BlockHeader latest() {
        return found(rpc.latest()).orElseThrow(() -> unavailable("no latest block"));
    }

    @Override
    public Optional<BlockHeader> block(long number) {
        return found(rpc.block(number));
    }

    @Override
    public Optional<BlockHeader> block(BlockHash hash) {
        return found(rpc.block(hash));
    }

    @Override
    public Optional<FinalityHead> head(Finality tier) {
        return found(rpc.head(tier));
    }

    @Override
    public List<EvmLog> transferLogs(LogFilter filter, long fromBlock, long toBlock) {
        return found(rpc.transferLogs(filter, fromBlock, toBlock)).orElseThrow(() -> unavailable("no logs"));
    }

    @Override
    public Optional<List<EvmLog>> transferLogs(LogFilter filter, BlockHash block) {
        return found(rpc.transferLogs(filter, block));
    }

    @Override
    public Optional<Receipt> receipt(TxHash tx) {
        return found(rpc.receipt(tx));
    }

    @Override
    public Optional<ChainTransaction> transaction(TxHash tx) {
        return found(rpc.transaction(tx));
    }

    private <T> Optional<T> found(RpcAnswer<T> answer) {
        return switch (answer) {
            case RpcAnswer.Answered<T>(var value) -> Optional.of(value);
            case RpcAnswer.Absent<T>() -> Optional.empty();
            case RpcAnswer.Unavailable<T>(var failure) -> throw unavailable(words(failure));
        };
    }

    private WorldFailedException unavailable(String why) {
        return new WorldFailedException(UNAVAILABLE, true, chain().name() + ": " + why, null);
    }

    private static String words(RpcFailure failure) {
        return failure.errorCode() + ", " + failure.message();
    }
}
