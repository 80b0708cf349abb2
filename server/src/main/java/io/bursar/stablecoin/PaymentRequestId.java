package io.bursar.stablecoin;

import io.bursar.shared.IdText;
import java.util.Optional;
import java.util.UUID;

/** Names a payment request. */
public record PaymentRequestId(UUID value) {
    private static final String PREFIX = "req";

    /** Empty when the text is no such id: what is wrongly named is simply not found. */
    public static Optional<PaymentRequestId> parse(String text) {
        return IdText.parse(PREFIX, text).map(PaymentRequestId::new);
    }

    /** As people and programs outside see it: {@code req_…}. */
    public String text() {
        return IdText.of(PREFIX, value);
    }

    /** How audit log, outbox and error log name it. */
    public String subject() {
        return "payment-request/" + value;
    }

    @Override
    public String toString() {
        return text();
    }
}
