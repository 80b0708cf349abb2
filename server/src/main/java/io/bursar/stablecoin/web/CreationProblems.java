package io.bursar.stablecoin.web;

import io.bursar.platform.Problem;
import io.bursar.stablecoin.FieldError;
import io.bursar.stablecoin.PaymentRequest;
import io.bursar.stablecoin.PaymentRequestCreation;

/** Refusals of a payment request as HTTP tells them. */
final class CreationProblems {
    private static final int CHAIN_RETRY_SECONDS = 5;
    private static final int RATE_RETRY_SECONDS = 60;

    private CreationProblems() {}

    static PaymentRequest createdOrThrow(PaymentRequestCreation creation) {
        return switch (creation) {
            case PaymentRequestCreation.Created(PaymentRequest request) -> request;
            case PaymentRequestCreation.MerchantUnknown _ ->
                throw Problem.notFound("merchant").asException();
            case PaymentRequestCreation.MerchantNotAccepted _ ->
                throw Problem.of(
                                409,
                                "merchant_not_accepted",
                                "The merchant has not accepted its invitation yet, so it has no wallet to be paid to.")
                        .asException();
            case PaymentRequestCreation.MerchantDisabled _ ->
                throw Problem.of(409, "merchant_disabled", "The merchant is disabled and takes no new payments.")
                        .asException();
            case PaymentRequestCreation.FieldRefused(FieldError error) ->
                throw Problem.field(error.field(), error.code(), error.sentence())
                        .asException();
            case PaymentRequestCreation.ChainUnavailable(String sentence) ->
                throw Problem.unavailable("chain_unavailable", sentence, CHAIN_RETRY_SECONDS)
                        .asException();
            case PaymentRequestCreation.RateUnavailable(String sentence) ->
                throw Problem.unavailable("fx_unavailable", sentence, RATE_RETRY_SECONDS)
                        .asException();
        };
    }
}
