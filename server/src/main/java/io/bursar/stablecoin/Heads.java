package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.BlockHeader;
import io.bursar.stablecoin.evm.ChainSpec;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.FinalityHead;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a chain has come: its latest block, and the highest that is safe and final.
 *
 * @param safe empty also while nobody needs it, because then it is not asked for
 */
record Heads(ChainSpec chain, BlockHeader latest, Optional<FinalityHead> safe, Optional<FinalityHead> finalized) {

    /** What has no head is not asked for: the latest block and a count of blocks are enough for FAST. */
    static Heads read(ChainReader reader, Set<Finality> needed) {
        Optional<FinalityHead> finalized = reader.head(Finality.FINAL);
        Optional<FinalityHead> safe = needed.contains(Finality.SAFE) ? reader.head(Finality.SAFE) : Optional.empty();
        return new Heads(reader.chain(), reader.latest(), safe, finalized);
    }

    /** The highest block that has reached the tier; null while none has. */
    @Nullable
    Long height(Finality tier) {
        return switch (tier) {
            case FAST -> counted(latest.number() - chain.blocksOnTop(Finality.FAST));
            case SAFE -> safe.map(head -> head.header().number()).orElse(null);
            case FINAL -> finalized.map(head -> head.header().number()).orElse(null);
        };
    }

    private static @Nullable Long counted(long height) {
        return height < 0 ? null : Long.valueOf(height);
    }

    /** The highest tier that a block at this height has reached, if it is canonical. */
    Optional<Finality> reached(long block) {
        return covers(Finality.FINAL, block)
                ? Optional.of(Finality.FINAL)
                : covers(Finality.SAFE, block)
                        ? Optional.of(Finality.SAFE)
                        : Optional.of(Finality.FAST).filter(fast -> covers(fast, block));
    }

    private boolean covers(Finality tier, long block) {
        Long height = height(tier);
        return height != null && block <= height;
    }

    /** How many blocks must lie on top of one for the tier: as many as do now, or as the chain is known to take. */
    long depth(Finality tier) {
        Long height = tier == Finality.FAST ? null : height(tier);
        return height == null ? chain.blocksOnTop(tier) : Math.max(0, latest.number() - height);
    }
}
