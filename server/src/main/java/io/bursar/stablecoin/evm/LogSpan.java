package io.bursar.stablecoin.evm;

/**
 * How many blocks one eth_getLogs may cover on one endpoint. Providers allow from 5 to 10,000 and none says so
 * beforehand: halve when refused, remember what worked, and try more again only after a good while.
 */
final class LogSpan {

    static final long BLOCKS_MAX = 10_000;

    private static final long BLOCKS_AT_FIRST = 2_000;
    private static final int SUCCESSES_TO_GROW = 4;
    private static final int SUCCESSES_TO_GROW_ONCE_REFUSED = 64;

    private long blocks = BLOCKS_AT_FIRST;
    private int successes;
    private int successesToGrow = SUCCESSES_TO_GROW;

    synchronized long blocks() {
        return blocks;
    }

    synchronized void worked(long span) {
        if (span < blocks || ++successes < successesToGrow) {
            return;
        }
        blocks = Math.min(BLOCKS_MAX, blocks * 2);
        successes = 0;
    }

    /** Even one block was refused, so the range was never the problem. */
    synchronized void forget() {
        blocks = BLOCKS_AT_FIRST;
        successes = 0;
        successesToGrow = SUCCESSES_TO_GROW;
    }

    synchronized void refused(long span) {
        blocks = Math.max(1, Math.min(blocks, span / 2));
        successes = 0;
        successesToGrow = SUCCESSES_TO_GROW_ONCE_REFUSED;
    }
}
