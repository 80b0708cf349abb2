package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.Finality;
import org.jspecify.annotations.Nullable;

/** What a Transfer and its credit are ripe for. */
enum Step {
    NONE,
    /** The block has reached the credit's own tier: the money counts, and may still be taken back. */
    COMMIT,
    /** The block is final, and the money counts from now on. */
    COMMIT_FINAL,
    /** The block is final. Whatever was to be posted has been. */
    CLOSE;

    /**
     * Money that is on its way to the ledger has to arrive first.
     *
     * @param credit null when there is none
     * @param bookable whether the ledger takes such a Transfer at all
     * @param reached the highest tier that the block has reached; null for none
     */
    static Step next(@Nullable Credit credit, boolean bookable, @Nullable Finality reached) {
        boolean isFinal = reached == Finality.FINAL;
        if (credit == null) {
            return isFinal && !bookable ? CLOSE : NONE;
        }
        return switch (credit.state()) {
            case PENDING ->
                isFinal ? COMMIT_FINAL : reached != null && reached.isAtLeast(credit.tier()) ? COMMIT : NONE;
            case COMMITTED, REFUSED, UNREVERSED -> isFinal ? CLOSE : NONE;
            case RESERVING, COMMITTING, RELEASING, RELEASED, REVERSING, REVERSED -> NONE;
        };
    }
}
