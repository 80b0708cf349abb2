package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.BlockHeader;
import io.bursar.stablecoin.evm.Finality;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a block that was missed when the chain was read, and in which a payment had been credited. */
sealed interface Fate {
    /** It is back, or was never gone: one node had said so. */
    record Stands() implements Fate {}

    /** Another block is in its place. */
    record Replaced(BlockHash by) implements Fate {}

    /** Not to be told yet. The money stays where it is. */
    record Unclear() implements Fate {}

    /**
     * A chain that has not come to this height again proves nothing. And what was final is given up only for another
     * block that is final.
     *
     * @param now the block at that height
     * @param reached the highest tier of that height; null for none
     */
    static Fate of(BlockHash block, boolean wasFinal, Optional<BlockHeader> now, @Nullable Finality reached) {
        if (now.isEmpty()) {
            return new Unclear();
        }
        BlockHash canonical = now.get().hash();
        if (canonical.equals(block)) {
            return new Stands();
        }
        return wasFinal && reached != Finality.FINAL ? new Unclear() : new Replaced(canonical);
    }
}
