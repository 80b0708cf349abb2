package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.TxHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The proof of payment as it stands.
 *
 * @param finding what the last look at the chain met, in a stable word such as {@code waiting_finality} or {@code
 *     wrong_amount}
 * @param overpaidMinor what came in above the amount asked for
 * @param tier how sure the block of the payment must be, or was, for it to count; null unless one was seen that pays
 */
public record Proof(
        ProofStatus status,
        @Nullable TxHash tx,
        @Nullable String finding,
        @Nullable Instant updatedAt,
        @Nullable Instant verifiedAt,
        long overpaidMinor,
        @Nullable Finality tier) {

    static final Proof NONE = new Proof(ProofStatus.NONE, null, null, null, null, 0, null);
}
