package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.Finality;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was seen arrive for a request, as people look at it. */
@Component
class ChainTransfers implements ChainTransfersView {
    private final TransferStore store;
    private final Chains chains;

    ChainTransfers(TransferStore store, Chains chains) {
        this.store = store;
        this.chains = chains;
    }

    @Override
    public List<Seen> of(PaymentRequestId request) {
        return store.ofRequest(request).stream().map(this::seen).toList();
    }

    private Seen seen(ChainTransfer transfer) {
        Finding finding = transfer.finding();
        return new Seen(
                transfer.id(),
                transfer.log().tx(),
                transfer.log().ordinal(),
                transfer.block().number(),
                transfer.block().hash().hex(),
                transfer.transfer().from(),
                transfer.transfer().amount().atomic(),
                transfer.state().word(),
                finding == null ? null : finding.word(),
                confirmations(transfer),
                confirmationsNeeded(transfer),
                transfer.seenAt());
    }

    private long confirmations(ChainTransfer transfer) {
        Long head = status(transfer).map(ChainStatus::head).orElse(null);
        return head == null || transfer.state() == ChainTransfer.State.REORGED
                ? 0
                : Math.max(0, head - transfer.block().number());
    }

    /** As deep as the final block lies now; where that is not known, what the chain is known to take. */
    private @Nullable Long confirmationsNeeded(ChainTransfer transfer) {
        Optional<Long> depth = status(transfer).map(ChainStatus::finalityDepth);
        return depth.or(() -> ChainRegistry.chain(transfer.log().chainId())
                        .map(chain -> (long) chain.blocksOnTop(Finality.FINAL)))
                .orElse(null);
    }

    private Optional<ChainStatus> status(ChainTransfer transfer) {
        return chains.status(transfer.log().chainId());
    }
}
