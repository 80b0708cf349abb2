package io.bursar.sandbox.evm;

import java.util.List;

/** A block with everything in it. */
record Block(long number, Hash32 hash, Hash32 parentHash, long timestamp, List<Mined> transactions) {

    long gasUsed() {
        return transactions.isEmpty() ? 0 : transactions.getLast().cumulativeGasUsed();
    }
}
