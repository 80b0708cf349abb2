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

/** Takes back, in the transaction that completes the reversal, what {@link VerifiedPayments} had told everybody. */
@Component
class ReversedPayments {
    static final String EVENT = "payment.reversed";
    private static final String REASON = "block_reorged";
    private static final Actor ACTOR = Actor.system("chain-watcher");

    private final ProofStore proofs;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    ReversedPayments(ProofStore proofs, Outbox outbox, Audit audit, Clock clock) {
        this.proofs = proofs;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /** {@code owed}: what the wallet no longer held. */
    void reverse(PaymentRequest request, Credit credit, Credit.Reversal reversal, long owed) {
        Instant at = clock.instant();
        Check.that(
                proofs.reverse(request.id(), credit.log().tx(), at),
                "%s is not verified by %s",
                request.id().subject(),
                credit.log().tx());
        audit.record(
                ACTOR,
                "payment_request.reversed",
                request.id().subject(),
                Map.of("proofStatus", ProofStatus.VERIFIED.word()),
                Map.of(
                        "proofStatus", ProofStatus.ATTACHED.word(),
                        "txHash", credit.log().tx().hex(),
                        "blockHash", credit.block().hex(),
                        "replacedBy", reversal.replacedBy().hex(),
                        "debited", credit.allocation().wallet(),
                        "owed", owed),
                REASON);
        outbox.publish(
                request.partnerId().subject(),
                EVENT,
                request.id().subject(),
                event(request, credit, reversal, owed, at));
    }

    private static PaymentReversed event(
            PaymentRequest request, Credit credit, Credit.Reversal reversal, long owed, Instant at) {
        return new PaymentReversed(
                request.id().text(),
                request.merchantId().text(),
                request.reference(),
                request.fiat().text(),
                request.fiat().unit().code(),
                request.due().text(),
                request.asset().name(),
                text(credit.allocation().unclaimed(), request),
                request.chainId(),
                request.token().checksummed(),
                credit.log().tx().hex(),
                credit.tier().word(),
                request.proof().verifiedAt(),
                REASON,
                credit.block().hex(),
                reversal.replacedBy().hex(),
                text(credit.allocation().wallet(), request),
                text(owed, request),
                request.expiresAt().isAfter(at),
                at);
    }

    private static String text(long minor, PaymentRequest request) {
        return new Money(minor, request.due().unit()).text();
    }

    /**
     * The event's {@code data}: that of {@code payment.verified}, and what was undone.
     *
     * @param debited taken from the merchant's wallet, of which {@code owed} was not there and is owed
     * @param payable whether the request can still be paid
     */
    record PaymentReversed(
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
            @Nullable Instant verifiedAt,
            String reason,
            String blockHash,
            String replacedBy,
            String debited,
            String owed,
            boolean payable,
            Instant reversedAt) {}
}
