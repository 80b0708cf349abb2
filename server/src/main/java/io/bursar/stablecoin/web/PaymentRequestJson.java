package io.bursar.stablecoin.web;

import io.bursar.shared.Money;
import io.bursar.stablecoin.AssetUnits;
import io.bursar.stablecoin.LockedRate;
import io.bursar.stablecoin.PaymentRequest;
import io.bursar.stablecoin.PaymentStatus;
import io.bursar.stablecoin.Proof;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.TxHash;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A payment request as partners' programs read it. */
@Schema(name = "PaymentRequest")
record PaymentRequestJson(
        @Schema(example = "req_01jd8zk3v5m6q7r8s9t0v1w2x3") String id,

        @Schema(
                description = "What the request has come to. Only verified means paid; reversed means no longer.",
                allowableValues = {
                    "waiting",
                    "checking",
                    "seen",
                    "verified",
                    "reversed",
                    "underpaid",
                    "late",
                    "early",
                    "failed",
                    "expired"
                })
        String status,

        String merchantId,
        @Nullable String reference,

        @Schema(example = "39.12", description = "Decimal string, in the fiat currency.")
        String amount,

        @Schema(example = "EUR") String currency,

        @Schema(example = "42.500000", description = "Decimal string: exactly this is to be paid.")
        String assetAmount,

        @Schema(example = "USDC") String asset,
        @Schema(example = "8453") long chainId,
        @Schema(description = "The token's contract.") String token,

        @Schema(description = "Where to pay; used for this request only.")
        String address,

        String payUrl,
        Instant createdAt,
        Instant expiresAt,
        Rate rate,
        ProofJson proof) {

    static PaymentRequestJson of(PaymentRequest request, PaymentStatus status, String payUrl) {
        return new PaymentRequestJson(
                request.id().text(),
                status.word(),
                request.merchantId().text(),
                request.reference(),
                request.fiat().text(),
                request.fiat().unit().code(),
                request.due().text(),
                request.asset().name(),
                request.chainId(),
                request.token().checksummed(),
                request.depositAddress().checksummed(),
                payUrl,
                request.createdAt(),
                request.expiresAt(),
                Rate.of(request),
                ProofJson.of(request));
    }

    @Schema(name = "LockedRate", description = "The rate the amount was computed at; it never changes.")
    record Rate(
            @Schema(example = "1.0864", description = "Units of `to` for one unit of `from`, a decimal string.")
            String value,

            @Schema(example = "EUR") String from,

            @Schema(example = "USD", description = "What the asset stands at parity with.")
            String to,

            @Schema(example = "ecb") String source,

            @Schema(description = "The day the source published it for.")
            LocalDate asOf,

            @Schema(description = "When it was read from the source.")
            Instant fetchedAt) {

        static Rate of(PaymentRequest request) {
            LockedRate rate = request.rate();
            return new Rate(
                    rate.text(),
                    request.fiat().unit().code(),
                    AssetUnits.peg(request.asset()).code(),
                    rate.source(),
                    rate.asOf(),
                    rate.fetchedAt());
        }
    }

    @Schema(name = "Proof")
    record ProofJson(
            @Schema(allowableValues = {"none", "attached", "verified", "failed"})
            String status,

            @Nullable String txHash,

            @Schema(
                    description = "What the last look at the chain met: waiting_finality, wrong_recipient, …",
                    nullable = true)
            @Nullable
            String finding,

            @Nullable Instant updatedAt,
            @Nullable Instant verifiedAt,

            @Schema(
                    description = "How sure the payment must be to count, once one is seen, or was when it did.",
                    allowableValues = {"fast", "safe", "final"},
                    nullable = true)
            @Nullable
            String finality,

            @Schema(example = "0.000000", description = "What came in above the amount asked for.")
            String overpaid) {

        static ProofJson of(PaymentRequest request) {
            Proof proof = request.proof();
            TxHash tx = proof.tx();
            Finality tier = proof.tier();
            return new ProofJson(
                    proof.status().word(),
                    tx == null ? null : tx.hex(),
                    proof.finding(),
                    proof.updatedAt(),
                    proof.verifiedAt(),
                    tier == null ? null : tier.word(),
                    new Money(proof.overpaidMinor(), request.due().unit()).text());
        }
    }
}
