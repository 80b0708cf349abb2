package io.bursar.stablecoin;

import io.bursar.audit.Audit;
import io.bursar.shared.Actor;
import io.bursar.stablecoin.ChainTransfer.Block;
import io.bursar.stablecoin.Evidence.Mined;
import io.bursar.stablecoin.ProofStore.Due;
import io.bursar.stablecoin.Verification.Asked;
import io.bursar.stablecoin.Verification.Known;
import io.bursar.stablecoin.evm.BlockHeader;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.Receipt;
import io.bursar.stablecoin.evm.TxHash;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes pasted hashes and looks them up until the chain has an answer. A hash says where to look and nothing more. */
@Component
class Proofs implements ProofIntake {
    private static final int BATCH_MAX = 100;

    private final ProofStore store;
    private final PaymentRequestStore requests;
    private final PartnerStore partners;
    private final CreditStore credits;
    private final Transfers transfers;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Proofs(
            ProofStore store,
            PaymentRequestStore requests,
            PartnerStore partners,
            CreditStore credits,
            Transfers transfers,
            Audit audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.requests = requests;
        this.partners = partners;
        this.credits = credits;
        this.transfers = transfers;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A hash that pays another request is taken like any other: one transaction may pay several requests, and whether
     * it pays this one only its logs can tell.
     */
    @Override
    public Answer attach(PaymentRequestId request, TxHash tx, Actor actor) {
        transaction.executeWithoutResult(_ -> {
            if (store.attach(request, tx, clock.instant())) {
                audit.record(
                        actor,
                        "payment_request.proof_attached",
                        request.subject(),
                        Map.of(),
                        Map.of("txHash", tx.hex()),
                        null);
            }
        });
        Proof proof = requests.findOfAnyPartner(request).orElseThrow().proof();
        return proof.status() == ProofStatus.VERIFIED ? Answer.ALREADY_VERIFIED : Answer.ATTACHED;
    }

    /** Looks up what is due on one chain. */
    void lookUp(ChainReader reader, Heads heads) {
        for (Due due : store.due(reader.chain().id(), BATCH_MAX)) {
            requests.findOfAnyPartner(due.request())
                    .ifPresent(request -> evidence(reader, due.tx(), heads, tier(request))
                            .ifPresent(evidence -> judge(request, due.tx(), evidence)));
        }
    }

    /** Empty when the nodes are not of one mind, such as in the middle of a reorg; then it is asked again. */
    private static Optional<Evidence> evidence(ChainReader reader, TxHash tx, Heads heads, Finality tier) {
        Optional<Receipt> receipt = reader.receipt(tx);
        if (receipt.isPresent()) {
            return mined(reader, receipt.get(), heads, tier);
        }
        return Optional.of(reader.transaction(tx).isPresent() ? new Evidence.InMempool() : new Evidence.Unknown());
    }

    private static Optional<Evidence> mined(ChainReader reader, Receipt receipt, Heads heads, Finality tier) {
        Optional<BlockHeader> block = reader.block(receipt.blockNumber())
                .filter(header -> header.hash().equals(receipt.blockHash()));
        boolean counts = heads.reached(receipt.blockNumber())
                .filter(reached -> reached.isAtLeast(tier))
                .isPresent();
        return block.map(header -> new Mined(receipt, header.timestamp(), counts));
    }

    private Finality tier(PaymentRequest request) {
        return partners.find(request.partnerId()).orElseThrow().tier();
    }

    private void judge(PaymentRequest request, TxHash tx, Evidence evidence) {
        Verdict verdict = Verification.decide(Asked.by(request), evidence, known(request, tx), clock.instant());
        if (evidence instanceof Mined mined) {
            var receipt = mined.receipt();
            var block = new Block(receipt.blockNumber(), receipt.blockHash(), mined.blockTime());
            verdict.transfers().forEach(each -> transfers.record(request, tx, each.log(), block));
        }
        switch (verdict) {
            case Verdict.Failed(var reason, var _) -> store.fail(request.id(), tx, reason, clock.instant());
            case Verdict.Waiting(var reason, var _) -> wait(request, tx, reason);
            // What counts is credited from what was recorded, and verified when its money is in the ledger.
            case Verdict.Verified _ -> {}
        }
    }

    /** That a payment waits for finality is said by its credit, when there is one. */
    private void wait(PaymentRequest request, TxHash tx, ProofReason reason) {
        if (reason != ProofReason.WAITING_FINALITY) {
            store.wait(request.id(), tx, reason, clock.instant());
        }
    }

    private Known known(PaymentRequest request, TxHash tx) {
        return new Known(
                credits.isPaidByAnother(request.id(), tx), credits.usedElsewhere(request.chainId(), tx, request.id()));
    }
}
