package io.bursar.sandbox.evm;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** One chain: its blocks, the state after the last one, and what waits to be mined. One lock guards all three. */
final class Chain implements AutoCloseable {
    static final int SAFE_DEPTH = 4;
    static final int FINALIZED_DEPTH = 8;
    static final int REORG_DEPTH_MAX = 256;

    private static final int BLOCK_TRANSACTIONS_MAX = 400;

    private final long chainId;
    private final List<TokenSpec> tokens;
    private final ChainFile file;
    private final Blocks blocks;
    private final Mempool mempool = new Mempool();
    private final ReentrantLock lock = new ReentrantLock();
    private WorldState state;
    private int fork;

    private Chain(long chainId, List<TokenSpec> tokens, ChainFile file, ChainRecord.Genesis genesis) {
        this.chainId = chainId;
        this.tokens = tokens;
        this.file = file;
        this.blocks =
                new Blocks(BlockHash.of(genesis.seed(), 0, genesis.timestamp(), 0, List.of()), genesis.timestamp());
        this.state = WorldState.genesis(chainId, tokens);
    }

    /** Continues the chain in the directory; an empty directory gets a genesis of its own. */
    static Chain open(EvmNodeConfig config, Hash32 seed) {
        var opened = ChainFile.open(config.directory());
        var records = opened.records();
        var first = records.isEmpty()
                ? new ChainRecord.Genesis(
                        config.chainId(), config.clock().instant().getEpochSecond(), seed)
                : records.getFirst();
        if (!(first instanceof ChainRecord.Genesis genesis) || genesis.chainId() != config.chainId()) {
            opened.file().close();
            throw new IllegalStateException(
                    config.directory() + " holds another chain (expected: chain " + config.chainId() + ")");
        }
        var chain = new Chain(config.chainId(), config.tokens(), opened.file(), genesis);
        if (records.isEmpty()) {
            opened.file().append(genesis);
        }
        records.forEach(chain::replay);
        return chain;
    }

    long chainId() {
        return chainId;
    }

    /** Everything a question needs, read at one moment. */
    <T> T read(Function<View, T> question) {
        lock.lock();
        try {
            return question.apply(new View(this));
        } finally {
            lock.unlock();
        }
    }

    /** Valid only while the question is being answered. */
    record View(Chain chain) {
        Blocks blocks() {
            return chain.blocks;
        }

        Mempool mempool() {
            return chain.mempool;
        }

        long head() {
            return chain.blocks.last().last();
        }

        WorldState state() {
            return chain.state;
        }

        WorldState stateAfter(long number) {
            boolean unchangedSince =
                    chain.blocks.full(number + 1, Long.MAX_VALUE).findAny().isEmpty();
            return unchangedSince ? chain.state : chain.replayed(number);
        }
    }

    Hash32 submit(Transaction transaction) {
        lock.lock();
        try {
            if (blocks.holding(transaction.hash()).isPresent()) {
                throw RpcException.refused("already known");
            }
            mempool.add(transaction, state, chainId);
            return transaction.hash();
        } finally {
            lock.unlock();
        }
    }

    long pendingNonce(Address account) {
        return read(view -> mempool.nextNonce(account, state));
    }

    /** Mines what waits; never a block older than its parent. */
    void mine(long timestamp) {
        lock.lock();
        try {
            long time = Math.max(timestamp, blocks.head().timestamp());
            var transactions = mempool.payingAtLeast(Gas.BASE_FEE_WEI, BLOCK_TRANSACTIONS_MAX);
            mempool.forget(mine(time, transactions));
            mempool.dropStale(state);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Replaces the last blocks by one more than there were, so that the new fork is the longer one. Mined again, the
     * transactions stand in its last block: their block's number and hash both differ from before.
     */
    List<Hash32> reorg(int depth, Reorg mode) {
        lock.lock();
        try {
            long head = blocks.last().last();
            if (depth < 1 || depth > REORG_DEPTH_MAX || depth > head) {
                throw RpcException.invalidParams(
                        "depth: " + depth + " (expected: 1 to " + Math.min(head, REORG_DEPTH_MAX) + ")");
            }
            long time = blocks.head().timestamp();
            long firstTime = blocks.byNumber(head - depth).orElseThrow().timestamp();
            file.append(new ChainRecord.Rewind(head - depth, fork + 1));
            fork++;
            var removed = blocks.rewind(head - depth);
            state = replayed(head - depth);
            for (int i = 1; i <= depth; i++) {
                mine(Math.min(firstTime + i, time), List.of());
            }
            mine(time, mode == Reorg.REMINE ? removed : List.of());
            mempool.dropStale(state);
            return removed.stream().map(Transaction::hash).toList();
        } finally {
            lock.unlock();
        }
    }

    private List<Mined> mine(long time, List<Transaction> transactions) {
        var parent = blocks.head();
        long number = parent.number() + 1;
        var mined = state.execute(transactions, time);
        if (mined.isEmpty()) {
            idle(number, time, parent.hash());
        } else {
            var raws = mined.stream().map(done -> done.transaction().raw()).toList();
            file.append(new ChainRecord.Full(number, time, fork, raws));
            blocks.put(full(number, time, parent.hash(), mined));
        }
        return mined;
    }

    private void idle(long number, long time, Hash32 parent) {
        if (file.endsIdle() && blocks.last() instanceof Segment.IdleRun run && run.continuesWith(time, fork)) {
            file.recount(run.count() + 1);
            blocks.put(run.ending(number));
        } else {
            file.append(new ChainRecord.Idle(number, time, fork, 1));
            blocks.put(new Segment.IdleRun(number, time, fork, parent, 1));
        }
    }

    private Segment full(long number, long time, Hash32 parent, List<Mined> mined) {
        var transactions = mined.stream().map(Mined::transaction).toList();
        var hash = BlockHash.of(parent, number, time, fork, transactions);
        return new Segment.Full(new Block(number, hash, parent, time, mined), fork);
    }

    private void replay(ChainRecord record) {
        switch (record) {
            case ChainRecord.Genesis genesis -> {}
            case ChainRecord.Idle idle ->
                blocks.put(new Segment.IdleRun(
                        idle.first(),
                        idle.timestamp(),
                        idle.fork(),
                        blocks.head().hash(),
                        idle.count()));
            case ChainRecord.Full full -> {
                var transactions =
                        full.transactions().stream().map(Transaction::decode).toList();
                var mined = state.execute(transactions, full.timestamp());
                blocks.put(full(full.number(), full.timestamp(), blocks.head().hash(), mined));
            }
            case ChainRecord.Rewind rewind -> {
                fork = rewind.fork();
                blocks.rewind(rewind.keep());
                state = replayed(rewind.keep());
            }
        }
    }

    /** State follows from the blocks alone. */
    private WorldState replayed(long number) {
        var past = WorldState.genesis(chainId, tokens);
        blocks.full(1, number).forEach(block -> past.execute(transactionsOf(block), block.timestamp()));
        return past;
    }

    @Override
    public void close() {
        file.close();
    }

    private static List<Transaction> transactionsOf(Block block) {
        return block.transactions().stream().map(Mined::transaction).toList();
    }
}
