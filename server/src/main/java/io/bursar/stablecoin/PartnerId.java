package io.bursar.stablecoin;

import io.bursar.shared.IdText;
import java.util.Optional;
import java.util.UUID;

/** Names a partner. */
public record PartnerId(UUID value) {
    private static final String PREFIX = "ptn";

    /** Empty when the text is no such id: what is wrongly named is simply not found. */
    public static Optional<PartnerId> parse(String text) {
        return IdText.parse(PREFIX, text).map(PartnerId::new);
    }

    /** As people and programs outside see it: {@code ptn_…}. */
    public String text() {
        return IdText.of(PREFIX, value);
    }

    /** How audit log, outbox and error log name it. */
    public String subject() {
        return "partner/" + value;
    }

    @Override
    public String toString() {
        return text();
    }
}
