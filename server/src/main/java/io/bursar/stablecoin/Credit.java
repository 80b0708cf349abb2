package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.BlockHash;
import java.util.Locale;
import java.util.UUID;

/**
 * The claim on one log and what was posted for it.
 *
 * @param round counts how often the log was credited in this block, which is more than once only when the block was
 *     gone for a while
 */
record Credit(
        UUID id,
        UUID transfer,
        LogKey log,
        BlockHash block,
        int round,
        PaymentRequestId request,
        Allocation allocation,
        State state) {

    /** Where it stands with the ledger. Words in -ing are on their way there and belong to a posting intent. */
    enum State {
        RESERVING,
        PENDING,
        COMMITTING,
        COMMITTED,
        RELEASING,
        RELEASED,
        /** The ledger would not have it. Somebody has to look. */
        REFUSED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    Credit with(Allocation changed) {
        return new Credit(id, transfer, log, block, round, request, changed, state);
    }

    String subject() {
        return "credit/" + id;
    }
}
