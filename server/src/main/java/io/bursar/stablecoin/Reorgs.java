package io.bursar.stablecoin;

import io.bursar.errorlog.ErrorLog;
import io.bursar.stablecoin.CursorStore.Point;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.BlockHeader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Notices that the chain below the cursor is no longer the one that was read. Then everything above the last block in
 * common is taken back and read again: rewinding, not patching.
 */
@Component
class Reorgs {
    private static final Logger LOG = LoggerFactory.getLogger(Reorgs.class);
    private static final int TRANSFERS_MAX = 10_000;

    private final CursorStore store;
    private final Cursor cursor;
    private final TransferStore transfers;
    private final ErrorLog errors;

    Reorgs(CursorStore store, Cursor cursor, TransferStore transfers, ErrorLog errors) {
        this.store = store;
        this.cursor = cursor;
        this.transfers = transfers;
        this.errors = errors;
    }

    /**
     * Where to read on from; empty when this cannot be told now. The hash of the cursor's block stands for all blocks
     * below it, so as long as it is canonical nothing has changed.
     */
    Optional<Point> reconcile(ChainReader reader, Point at) {
        Optional<BlockHeader> current = reader.block(at.height());
        if (current.filter(header -> header.hash().equals(at.hash())).isPresent()) {
            return Optional.of(at);
        }
        Retreat retreat = retreat(reader, at, current.isPresent());
        // A node that has not come as far as we have says nothing against what we have read.
        return retreat.forked() ? Optional.of(rewind(reader, at, retreat.ancestor())) : Optional.empty();
    }

    private record Retreat(boolean forked, Point ancestor) {}

    /** Walks back along the remembered blocks to the highest that is still there. */
    private Retreat retreat(ChainReader reader, Point at, boolean forkedAtCursor) {
        var forked = forkedAtCursor;
        var lowest = at;
        for (Point remembered : store.remembered(reader.chain().id(), at.height())) {
            Optional<BlockHeader> current = reader.block(remembered.height());
            if (current.filter(header -> header.hash().equals(remembered.hash()))
                    .isPresent()) {
                return new Retreat(forked, remembered);
            }
            forked |= current.isPresent();
            lowest = remembered;
        }
        return new Retreat(forked, belowMemory(reader, lowest));
    }

    private Point belowMemory(ChainReader reader, Point lowest) {
        long height = Math.max(0, lowest.height() - CursorStore.REMEMBERED_BLOCKS);
        errors.record(
                "reorg_beyond_memory",
                "%s: block %d is gone and none below it is remembered; reading again from %d"
                        .formatted(reader.chain().name(), lowest.height(), height),
                "chain/" + reader.chain().id());
        return reader.block(height).map(Cursor::point).orElse(lowest);
    }

    private Point rewind(ChainReader reader, Point at, Point ancestor) {
        LOG.info("{}: reorg, blocks {} to {} are gone", reader.chain().name(), ancestor.height() + 1, at.height());
        takeBack(reader, ancestor);
        cursor.rewind(reader.chain().id(), at, ancestor);
        return ancestor;
    }

    /**
     * Remembered heights can have gaps, so each block that holds a payment is asked for itself. Final ones too: should
     * the chain break its promise, {@link Progress} sees to it.
     */
    private void takeBack(ChainReader reader, Point ancestor) {
        Map<BlockHash, Boolean> canonical = new HashMap<>();
        for (ChainTransfer seen : transfers.from(reader.chain().id(), ancestor.height() + 1, TRANSFERS_MAX)) {
            var block = seen.block();
            if (!canonical.computeIfAbsent(block.hash(), hash -> reader.isCanonical(block.number(), hash))) {
                transfers.markReorged(seen.id());
            }
        }
    }
}
