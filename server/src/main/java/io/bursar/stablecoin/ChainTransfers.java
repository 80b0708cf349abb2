package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.ChainSpec;
import io.bursar.stablecoin.evm.Finality;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was seen arrive for a request, as people look at it. */
@Component
class ChainTransfers implements ChainTransfersView {
    private final TransferStore store;
    private final CreditStore credits;
    private final PaymentRequestStore requests;
    private final PartnerStore partners;
    private final Chains chains;

    ChainTransfers(
            TransferStore store,
            CreditStore credits,
            PaymentRequestStore requests,
            PartnerStore partners,
            Chains chains) {
        this.store = store;
        this.credits = credits;
        this.requests = requests;
        this.partners = partners;
        this.chains = chains;
    }

    @Override
    public List<Seen> of(PaymentRequestId request) {
        List<ChainTransfer> transfers = store.ofRequest(request);
        if (transfers.isEmpty()) {
            return List.of();
        }
        Finality present = requests.findOfAnyPartner(request)
                .flatMap(asked -> partners.find(asked.partnerId()))
                .orElseThrow()
                .tier();
        Map<UUID, Credit> made =
                credits.latestOf(request).stream().collect(Collectors.toMap(Credit::transfer, Function.identity()));
        return transfers.stream()
                .map(transfer -> seen(transfer, made.get(transfer.id()), present))
                .toList();
    }

    private Seen seen(ChainTransfer transfer, @Nullable Credit credit, Finality present) {
        Finding finding = transfer.finding();
        Finality tier = credit == null ? present : credit.tier();
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
                tier,
                credit != null && isCredited(credit.state()),
                confirmations(transfer),
                depth(transfer, tier),
                depth(transfer, Finality.FINAL),
                credit == null ? null : reversal(credit),
                transfer.seenAt());
    }

    private static boolean isCredited(Credit.State state) {
        return switch (state) {
            case COMMITTED, REVERSING, UNREVERSED -> true;
            case RESERVING, PENDING, COMMITTING, RELEASING, RELEASED, REVERSED, REFUSED -> false;
        };
    }

    private static @Nullable Reversal reversal(Credit credit) {
        Credit.Reversal reversal = credit.reversal();
        // One that the block's return made needless is history.
        return reversal == null || credit.state() == Credit.State.COMMITTED
                ? null
                : new Reversal(
                        reversal.replacedBy().hex(),
                        reversal.owed(),
                        credit.state().word(),
                        reversal.at());
    }

    private long confirmations(ChainTransfer transfer) {
        if (transfer.state() == ChainTransfer.State.REORGED) {
            return 0;
        }
        return heads(transfer)
                .map(heads ->
                        Math.max(0, heads.latest().number() - transfer.block().number()))
                .orElse(0L);
    }

    /** As the chain is now; where that is not known, what it is known to take. */
    private long depth(ChainTransfer transfer, Finality tier) {
        ChainSpec chain = ChainRegistry.chain(transfer.log().chainId()).orElseThrow();
        return heads(transfer).map(heads -> heads.depth(tier)).orElseGet(() -> (long) chain.blocksOnTop(tier));
    }

    private Optional<Heads> heads(ChainTransfer transfer) {
        return chains.heads(transfer.log().chainId());
    }
}
