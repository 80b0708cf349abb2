package io.bursar.stablecoin;

import io.bursar.stablecoin.CursorStore.Point;
import io.bursar.stablecoin.evm.BlockHeader;
import io.bursar.stablecoin.evm.FinalityHead;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * One look at one chain: whether what was read still stands, what is new, what pasted hashes have come to, and how far
 * the money can move. Each part begins from what is in the database, so a pass may break off anywhere and may run
 * beside another one.
 */
@Component
class Pass {
    private final Cursor cursor;
    private final Reorgs reorgs;
    private final Scan scan;
    private final Progress progress;
    private final Proofs proofs;

    Pass(Cursor cursor, Reorgs reorgs, Scan scan, Progress progress, Proofs proofs) {
        this.cursor = cursor;
        this.reorgs = reorgs;
        this.scan = scan;
        this.progress = progress;
        this.proofs = proofs;
    }

    /** What the pass saw of the chain. */
    record View(BlockHeader head, Optional<FinalityHead> finalHead, Point scanned) {}

    View over(ChainReader reader, WatchedAddresses addresses) {
        long chainId = reader.chain().id();
        Optional<FinalityHead> finalHead = reader.finalHead();
        BlockHeader head = reader.latest();
        Point from = cursor.at(chainId).orElseGet(() -> cursor.start(reader, head));
        Point scanned = reorgs.reconcile(reader, from)
                .map(at -> scan.forward(reader, addresses, at, head))
                .orElse(from);
        proofs.lookUp(reader, finalHead);
        progress.settle(chainId);
        finalHead.ifPresent(reached -> progress.finish(reader, reached));
        return new View(head, finalHead, scanned);
    }
}
