package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.TxHash;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the watching half of this module has seen arrive for a request, oldest first. */
public interface ChainTransfersView {
    List<Seen> of(PaymentRequestId request);

    /**
     * One Transfer log.
     *
     * @param ordinal the log's place in its transaction's receipt
     * @param state {@code seen}, {@code final} or {@code reorged}
     * @param finding {@code exact}, {@code overpaid}, {@code underpaid}, {@code late}, {@code early} …
     * @param confirmations blocks on top, as far as they count
     * @param confirmationsNeeded how many make it final, an estimate where the chain has a tag for it; null if unknown
     */
    record Seen(
            UUID id,
            TxHash tx,
            int ordinal,
            long blockNumber,
            String blockHash,
            Address sender,
            BigInteger amount,
            String state,
            @Nullable String finding,
            long confirmations,
            @Nullable Long confirmationsNeeded,
            Instant seenAt) {}
}
