package io.bursar.stablecoin;

/** The answer to asking for a payment; the refusals stand in the order they are judged in. */
public sealed interface PaymentRequestCreation {
    /** No such merchant, or another partner's, which is the same to the asker. */
    record MerchantUnknown() implements PaymentRequestCreation {}

    record MerchantNotAccepted() implements PaymentRequestCreation {}

    record MerchantDisabled() implements PaymentRequestCreation {}

    record FieldRefused(FieldError error) implements PaymentRequestCreation {}

    record ChainUnavailable(String sentence) implements PaymentRequestCreation {}

    record RateUnavailable(String sentence) implements PaymentRequestCreation {}

    record Created(PaymentRequest request) implements PaymentRequestCreation {}
}
