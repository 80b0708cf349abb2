package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.Finality;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The claim on one log and what was posted for it.
 *
 * @param round counts how often the log was credited in this block, which is more than once only when the block was
 *     gone for a while
 * @param tier how sure the block must be for the money to count; the partner's when the credit was made
 * @param reversal null unless it was decided to take the money back
 */
record Credit(
        UUID id,
        UUID transfer,
        LogKey log,
        BlockHash block,
        int round,
        PaymentRequestId request,
        Allocation allocation,
        Finality tier,
        State state,
        @Nullable Reversal reversal) {

    /** Where it stands with the ledger. Words in -ing are on their way there and belong to a posting intent. */
    enum State {
        RESERVING,
        PENDING,
        COMMITTING,
        COMMITTED,
        RELEASING,
        RELEASED,
        REVERSING,
        /** Taken back after it was committed, because its block left the chain. */
        REVERSED,
        /** The ledger would not take it back. Somebody has to look. */
        UNREVERSED,
        /** The ledger would not have it. Somebody has to look. */
        REFUSED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Why, when and how it was taken back.
     *
     * @param replacedBy the block that stands in place of the credited one
     * @param owed what was no longer there to take, and is owed since
     */
    record Reversal(BlockHash replacedBy, Instant at, long owed) {}

    Credit with(Allocation changed) {
        return new Credit(id, transfer, log, block, round, request, changed, tier, state, reversal);
    }

    String subject() {
        return "credit/" + id;
    }
}
