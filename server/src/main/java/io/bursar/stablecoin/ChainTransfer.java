package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.Erc20.Transfer;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A Transfer to a request's deposit address as it stands in one block.
 *
 * @param finding null until it is credited
 * @param finalAt null unless its block has ever been final
 */
record ChainTransfer(
        UUID id,
        LogKey log,
        Block block,
        Transfer transfer,
        PaymentRequestId request,
        State state,
        @Nullable Finding finding,
        Instant seenAt,
        @Nullable Instant finalAt) {

    record Block(long number, BlockHash hash, Instant time) {}

    enum State {
        SEEN,
        FINAL,
        /** The block is gone. If the same log turns up in another one, that is another row. */
        REORGED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Address recipient() {
        return transfer.to();
    }

    /** How error log and postings name it. */
    String subject() {
        return "chain-transfer/" + id;
    }
}
