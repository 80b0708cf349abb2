package io.bursar.stablecoin;

import io.bursar.stablecoin.CursorStore.Point;
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
    record View(Heads heads, Point scanned) {}

    View over(ChainReader reader, WatchedAddresses addresses) {
        long chainId = reader.chain().id();
        Heads heads = Heads.read(reader, progress.tiersNeeded(chainId));
        Point from = cursor.at(chainId).orElseGet(() -> cursor.start(reader, heads.latest()));
        Point scanned = reorgs.reconcile(reader, from)
                .map(at -> scan.forward(reader, addresses, at, heads.latest()))
                .orElse(from);
        proofs.lookUp(reader, heads);
        progress.settle(reader, heads);
        progress.finish(reader, heads);
        return new View(heads, scanned);
    }
}
