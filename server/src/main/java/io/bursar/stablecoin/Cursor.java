package io.bursar.stablecoin;

import io.bursar.platform.WorldFailedException;
import io.bursar.stablecoin.CursorStore.Point;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.BlockHeader;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The place on a chain up to which every payment to us is known. It is moved only from where it was read. */
@Component
class Cursor {
    private final CursorStore store;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Cursor(CursorStore store, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.transaction = transaction;
        this.clock = clock;
    }

    Optional<Point> at(long chainId) {
        return store.cursor(chainId);
    }

    /**
     * The first cursor of a chain: its head, unless requests were made while no node of it could be reached, for whose
     * payments reading begins where the first of them was made.
     */
    Point start(ChainReader reader, BlockHeader head) {
        long chainId = reader.chain().id();
        BlockHash genesis = reader.block(0)
                .map(BlockHeader::hash)
                .orElseThrow(() -> new WorldFailedException(
                        RpcChainReader.UNAVAILABLE, true, reader.chain().name() + ": no first block", null));
        BlockHeader from = store.firstRequestAt(chainId)
                .map(first -> lastBlockBefore(reader, head, first.minus(Verification.CLOCK_SKEW_MAX)))
                .orElse(head);
        store.start(chainId, genesis, point(from), clock.instant());
        return store.cursor(chainId).orElseThrow();
    }

    /** By halving, since block times rise with height. */
    private static BlockHeader lastBlockBefore(ChainReader reader, BlockHeader head, Instant time) {
        long low = 0;
        long high = head.number();
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            boolean before = reader.block(middle)
                    .filter(header -> header.timestamp().isBefore(time))
                    .isPresent();
            if (before) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return reader.block(low).orElse(head);
    }

    boolean advance(long chainId, Point from, Point to) {
        return move(chainId, from, to, () -> store.remember(chainId, to));
    }

    boolean rewind(long chainId, Point from, Point to) {
        return move(chainId, from, to, () -> store.forgetAbove(chainId, to.height()));
    }

    private boolean move(long chainId, Point from, Point to, Runnable memory) {
        Boolean moved = transaction.execute(_ -> {
            boolean ours = store.move(chainId, from, to, clock.instant());
            if (ours) {
                memory.run();
            }
            return ours;
        });
        return Boolean.TRUE.equals(moved);
    }

    static Point point(BlockHeader header) {
        return new Point(header.number(), header.hash());
    }
}
