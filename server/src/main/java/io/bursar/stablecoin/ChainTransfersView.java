package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.Finality;
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
     * @param tier how sure its block must be for it to count
     * @param credited whether its money is in the books now
     * @param confirmations blocks on top, as far as they count
     * @param confirmationsNeeded how many its tier asks for, an estimate where the chain has a tag for it
     * @param confirmationsFinal how many make it final, an estimate likewise
     * @param reversal null unless its money was taken back, or could not be
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
            Finality tier,
            boolean credited,
            long confirmations,
            long confirmationsNeeded,
            long confirmationsFinal,
            @Nullable Reversal reversal,
            Instant seenAt) {

        public boolean alive() {
            return !state.equals("reorged");
        }

        public boolean isFinal() {
            return state.equals("final");
        }
    }

    /**
     * That the block left the chain after its money had been credited.
     *
     * @param replacedBy hash of the block that stands in its place
     * @param owed minor units that were no longer there to take
     * @param state {@code reversing}, {@code reversed}, or {@code unreversed} when the ledger refused
     */
    record Reversal(String replacedBy, long owed, String state, Instant at) {}
}
