package io.bursar.stablecoin.web;

import io.bursar.shared.IdText;
import io.bursar.stablecoin.ChainTransfersView;
import io.bursar.stablecoin.PaymentRequest;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token movement on the chain as partners' programs read it. */
@Schema(name = "ChainTransfer")
record ChainTransferJson(
        @Schema(example = "ctf_01jd8zk3v5m6q7r8s9t0v1w2x3") String id,
        String txHash,

        @Schema(description = "Place of the log in its transaction's receipt.")
        int ordinal,

        long blockNumber,
        String blockHash,
        String sender,

        @Schema(example = "42.500000", description = "Decimal string, in the asset.")
        String amount,

        @Schema(allowableValues = {"seen", "final", "reorged"})
        String state,

        @Schema(description = "exact, overpaid, underpaid, late, early, duplicate, wrong_token, …", nullable = true)
        @Nullable
        String finding,

        @Schema(
                description = "How sure its block must be for it to count.",
                allowableValues = {"fast", "safe", "final"})
        String finality,

        @Schema(description = "Whether its money is in the books now.")
        boolean credited,

        long confirmations,

        @Schema(description = "About how many make it count.")
        long confirmationsNeeded,

        @Schema(
                description = "The block that took the place of its own after it had been credited, which undid that.",
                nullable = true)
        @Nullable
        String replacedBy,

        @Nullable String explorerUrl,
        Instant seenAt) {

    static ChainTransferJson of(PaymentRequest request, ChainTransfersView.Seen seen) {
        return new ChainTransferJson(
                IdText.of("ctf", seen.id()),
                seen.tx().hex(),
                seen.ordinal(),
                seen.blockNumber(),
                seen.blockHash(),
                seen.sender().checksummed(),
                new BigDecimal(seen.amount(), request.due().unit().scale()).toPlainString(),
                seen.state(),
                seen.finding(),
                seen.tier().word(),
                seen.credited(),
                seen.confirmations(),
                seen.confirmationsNeeded(),
                seen.reversal() == null ? null : seen.reversal().replacedBy(),
                ChainRegistry.chain(request.chainId())
                        .map(chain -> chain.explorerLink(seen.tx()))
                        .orElse(null),
                seen.seenAt());
    }
}
