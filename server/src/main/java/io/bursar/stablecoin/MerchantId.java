package io.bursar.stablecoin;

import io.bursar.shared.IdText;
import java.util.Optional;
import java.util.UUID;

/** Names a merchant. */
public record MerchantId(UUID value) {
    private static final String PREFIX = "mer";

    /** Empty when the text is no such id: what is wrongly named is simply not found. */
    public static Optional<MerchantId> parse(String text) {
        return IdText.parse(PREFIX, text).map(MerchantId::new);
    }

    /** As people and programs outside see it: {@code mer_…}. */
    public String text() {
        return IdText.of(PREFIX, value);
    }

    /** How audit log, outbox and error log name it. */
    public String subject() {
        return "merchant/" + value;
    }

    @Override
    public String toString() {
        return text();
    }
}
