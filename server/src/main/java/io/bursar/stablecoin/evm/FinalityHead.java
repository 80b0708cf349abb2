package io.bursar.stablecoin.evm;

/**
 * The highest block that has reached a tier. {@code byBlockCount} records that the endpoint rejects the tag and the
 * chain's fall-back count was used (always so for FAST, which has no tag).
 */
public record FinalityHead(Finality tier, BlockHeader header, boolean byBlockCount) {

    /** Necessary, not sufficient: the receipt's block must also be the canonical one at its height. */
    public boolean covers(long blockNumber) {
        return blockNumber <= header.number();
    }
}
