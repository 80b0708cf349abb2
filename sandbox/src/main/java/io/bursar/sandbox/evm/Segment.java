package io.bursar.sandbox.evm;

import java.util.List;

/**
 * A stretch of the chain. A block with transactions is one of its own; idle blocks, one a second for as long as nobody
 * does anything, are a run that costs the same however long it is: their hashes are computed when somebody asks.
 */
sealed interface Segment {
    long first();

    long last();

    Block block(long number);

    /** Counts the fork the block belongs to, so that a reorganised chain never repeats a hash. */
    int fork();

    /** {@code anchor} is the hash of the block before the run; all history before is in it. */
    record IdleRun(long first, long timestamp, int fork, Hash32 anchor, long count) implements Segment {
        @Override
        public long last() {
            return first + count - 1;
        }

        @Override
        public Block block(long number) {
            var parent = number == first ? anchor : hashOf(number - 1);
            return new Block(number, hashOf(number), parent, timestampOf(number), List.of());
        }

        long timestampOf(long number) {
            return timestamp + (number - first);
        }

        boolean continuesWith(long time, int fork) {
            return fork == this.fork && time == timestampOf(last()) + 1;
        }

        IdleRun ending(long last) {
            return new IdleRun(first, timestamp, fork, anchor, last - first + 1);
        }

        private Hash32 hashOf(long number) {
            return BlockHash.of(anchor, number, timestampOf(number), fork, List.of());
        }
    }

    record Full(Block block, int fork) implements Segment {
        @Override
        public long first() {
            return block.number();
        }

        @Override
        public long last() {
            return block.number();
        }

        @Override
        public Block block(long number) {
            return block;
        }
    }
}
