package io.bursar.stablecoin;

import io.bursar.platform.WorldFailedException;
import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.BlockHeader;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.ChainSpec;
import io.bursar.stablecoin.evm.ChainTransaction;
import io.bursar.stablecoin.evm.Erc20;
import io.bursar.stablecoin.evm.EvmLog;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.FinalityHead;
import io.bursar.stablecoin.evm.LogFilter;
import io.bursar.stablecoin.evm.Receipt;
import io.bursar.stablecoin.evm.TxHash;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A chain in memory that does what the test says: forks, comes back, goes away. With four blocks on top one is safe,
 * with eight final.
 */
final class TestChain implements ChainReader {
    static final int SAFE_DEPTH = 4;
    static final int FINAL_DEPTH = 8;
    private static final Duration BLOCK_TIME = Duration.ofSeconds(1);
    private static final Address SENDER = Address.of("0x" + "5e".repeat(20));

    private final ChainSpec spec;
    private final List<Block> blocks = new ArrayList<>();
    private final Set<Finality> asked = EnumSet.noneOf(Finality.class);
    private final Set<TxHash> mempool = new HashSet<>();
    private Runnable beforeLogs = () -> {};
    private int serial;
    private boolean down;

    TestChain(long chainId, Instant genesis) {
        this.spec = ChainRegistry.chain(chainId).orElseThrow();
        blocks.add(new Block(
                new BlockHeader(0, BlockHash.of(fresh()), BlockHash.of("0x" + "0".repeat(64)), genesis), List.of()));
    }

    record Payment(Address token, Address to, BigInteger units) {}

    record Tx(TxHash hash, boolean succeeded, List<Payment> payments) {}

    private record Block(BlockHeader header, List<Tx> transactions) {}

    Tx tx(Payment... payments) {
        return new Tx(TxHash.of(fresh()), true, List.of(payments));
    }

    Tx reverted(Payment... payments) {
        return new Tx(TxHash.of(fresh()), false, List.of(payments));
    }

    synchronized BlockHeader mine(Tx... transactions) {
        return mineAt(head().timestamp().plus(BLOCK_TIME), transactions);
    }

    synchronized BlockHeader mineAt(Instant time, Tx... transactions) {
        var header = new BlockHeader(head().number() + 1, BlockHash.of(fresh()), head().hash(), time);
        blocks.add(new Block(header, List.of(transactions)));
        return header;
    }

    synchronized void mineToFinality() {
        IntStream.range(0, FINAL_DEPTH).forEach(_ -> mine());
    }

    /** Takes the last blocks away; what the test mines next is the other branch. Returns them for {@link #restore}. */
    synchronized Branch cut(int depth) {
        List<Block> last = blocks.subList(blocks.size() - depth, blocks.size());
        var branch = new Branch(List.copyOf(last));
        last.clear();
        return branch;
    }

    /** Puts a branch that was cut back in place of as many blocks. */
    synchronized void restore(Branch branch) {
        cut(branch.blocks.size());
        blocks.addAll(branch.blocks);
    }

    record Branch(List<Block> blocks) {
        int length() {
            return blocks.size();
        }
    }

    synchronized void pool(Tx tx) {
        mempool.add(tx.hash());
    }

    synchronized void down(boolean isDown) {
        down = isDown;
    }

    /** Something that happens between the reading of a header and that of its logs, once. */
    synchronized void beforeNextLogs(Runnable event) {
        beforeLogs = event;
    }

    synchronized BlockHeader head() {
        return blocks.getLast().header();
    }

    @Override
    public ChainSpec chain() {
        return spec;
    }

    @Override
    public synchronized BlockHeader latest() {
        answer();
        return head();
    }

    @Override
    public synchronized Optional<BlockHeader> block(long number) {
        answer();
        return number < blocks.size() ? Optional.of(blocks.get((int) number).header()) : Optional.empty();
    }

    @Override
    public synchronized Optional<BlockHeader> block(BlockHash hash) {
        answer();
        return blocks.stream()
                .map(Block::header)
                .filter(header -> header.hash().equals(hash))
                .findFirst();
    }

    @Override
    public synchronized Optional<FinalityHead> head(Finality tier) {
        answer();
        asked.add(tier);
        long height = head().number()
                - switch (tier) {
                    case FAST -> throw new IllegalStateException("no node is asked for " + tier);
                    case SAFE -> SAFE_DEPTH;
                    case FINAL -> FINAL_DEPTH;
                };
        return block(height < 0 ? Long.MAX_VALUE : height).map(header -> new FinalityHead(tier, header, false));
    }

    /** Whether the tier's tag was asked for since this was asked last. */
    synchronized boolean wasAskedFor(Finality tier) {
        return asked.remove(tier);
    }

    @Override
    public List<EvmLog> transferLogs(LogFilter filter, long fromBlock, long toBlock) {
        interrupted();
        synchronized (this) {
            answer();
            return blocks.stream()
                    .filter(block -> block.header().number() >= fromBlock
                            && block.header().number() <= toBlock)
                    .flatMap(block -> matching(block, filter))
                    .toList();
        }
    }

    @Override
    public Optional<List<EvmLog>> transferLogs(LogFilter filter, BlockHash hash) {
        interrupted();
        synchronized (this) {
            answer();
            return blocks.stream()
                    .filter(block -> block.header().hash().equals(hash))
                    .findFirst()
                    .map(block -> matching(block, filter).toList());
        }
    }

    @Override
    public synchronized Optional<Receipt> receipt(TxHash tx) {
        answer();
        return blocks.stream()
                .flatMap(block -> block.transactions().stream()
                        .filter(each -> each.hash().equals(tx))
                        .map(each -> receipt(block, each)))
                .findFirst();
    }

    @Override
    public synchronized Optional<ChainTransaction> transaction(TxHash tx) {
        answer();
        return mempool.contains(tx) ? Optional.of(new ChainTransaction(tx, SENDER, 0, null)) : Optional.empty();
    }

    private void interrupted() {
        Runnable event;
        synchronized (this) {
            event = beforeLogs;
            beforeLogs = () -> {};
        }
        event.run();
    }

    private static Stream<EvmLog> matching(Block block, LogFilter filter) {
        return block.transactions().stream()
                .filter(Tx::succeeded)
                .flatMap(tx -> receipt(block, tx).logs().stream())
                .filter(log -> filter.tokens().contains(log.address()))
                .filter(log -> filter.recipients()
                        .contains(Erc20.transfer(log).orElseThrow().to()));
    }

    private static Receipt receipt(Block block, Tx tx) {
        List<EvmLog> logs = IntStream.range(0, tx.succeeded() ? tx.payments().size() : 0)
                .mapToObj(place -> log(block.header(), tx, place))
                .toList();
        return new Receipt(tx.hash(), block.header().hash(), block.header().number(), tx.succeeded(), 2, SENDER, logs);
    }

    private static EvmLog log(BlockHeader block, Tx tx, int place) {
        Payment payment = tx.payments().get(place);
        return new EvmLog(
                payment.token(),
                List.of(
                        Erc20.TRANSFER_TOPIC,
                        word(SENDER.hex()),
                        word(payment.to().hex())),
                word("0x" + payment.units().toString(16)),
                false,
                block.hash(),
                block.number(),
                tx.hash(),
                100L + place);
    }

    private static String word(String hex) {
        return "0x" + "0".repeat(66 - hex.length()) + hex.substring(2);
    }

    private void answer() {
        if (down) {
            throw new WorldFailedException("rpc_unavailable", true, "the test says so", null);
        }
    }

    private String fresh() {
        return "0x%056x%08x".formatted(System.identityHashCode(this), ++serial);
    }
}
