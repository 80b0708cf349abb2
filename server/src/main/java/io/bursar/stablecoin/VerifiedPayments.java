package io.bursar.stablecoin;

import io.bursar.audit.Audit;
import io.bursar.outbox.Outbox;
import io.bursar.shared.Actor;
import io.bursar.shared.Check;
import io.bursar.shared.Money;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells everybody, in the transaction that completes the credit, that a request is paid, and how sure that is. */
@Component
class VerifiedPayments {
    static final String EVENT = "payment.verified";
    private static final Actor ACTOR = Actor.system("chain-watcher");

    private final ProofStore proofs;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    VerifiedPayments(ProofStore proofs, Outbox outbox, Audit audit, Clock clock) {
        this.proofs = proofs;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    void verify(PaymentRequest request, Credit credit) {
        Instant at = clock.instant();
        long overpaid = credit.allocation().unclaimed();
        Check.that(
                proofs.verify(request.id(), credit, at),
                "%s was verified before",
                request.id().subject());
        audit.record(
                ACTOR,
                "payment_request.verified",
                request.id().subject(),
                Map.of("proofStatus", request.proof().status().word()),
                Map.of(
                        "proofStatus", ProofStatus.VERIFIED.word(),
                        "txHash", credit.log().tx().hex(),
                        "overpaid", overpaid,
                        "finality", credit.tier().word()),
                null);
        outbox.publish(request.partnerId().subject(), EVENT, request.id().subject(), event(request, credit, at));
    }

    private static PaymentVerified event(PaymentRequest request, Credit credit, Instant at) {
        return new PaymentVerified(
                request.id().text(),
                request.merchantId().text(),
                request.reference(),
                request.fiat().text(),
                request.fiat().unit().code(),
                request.due().text(),
                request.asset().name(),
                new Money(credit.allocation().unclaimed(), request.due().unit()).text(),
                request.chainId(),
                request.token().checksummed(),
                credit.log().tx().hex(),
                credit.tier().word(),
                at);
    }

    /** The event's {@code data}, in the words of the partner API; a promise to every partner. */
    record PaymentVerified(
            String paymentRequestId,
            String merchantId,
            @Nullable String reference,
            String amount,
            String currency,
            String assetAmount,
            String asset,
            String overpaid,
            long chainId,
            String token,
            String txHash,
            String finality,
            Instant verifiedAt) {}
}
