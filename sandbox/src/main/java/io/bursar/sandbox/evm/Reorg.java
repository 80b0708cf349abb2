package io.bursar.sandbox.evm;

/** What becomes of the transactions in the blocks that a reorganisation removes. */
public enum Reorg {
    /** They vanish, as if never sent. */
    DROP,
    /** They are mined again, in a block of another number and hash. */
    REMINE
}
