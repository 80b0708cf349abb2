package io.bursar.outbox;

import io.bursar.shared.IdText;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as shown; a fingerprint (the first eight hex digits of the SHA-256 of the secret's text) tells secrets
 * apart without telling them. The previous secret signs too until its time is over.
 */
public record EndpointView(
        UUID id,
        String url,
        String secretFingerprint,
        Instant createdAt,
        @Nullable Instant disabledAt,
        String owner,
        Instant secretMadeAt,
        @Nullable String previousSecretFingerprint,
        @Nullable Instant previousSecretUntil,
        @Nullable Instant failingSince,
        @Nullable String disabledReason) {

    /** {@code end_…}, as pages name it. */
    public String idText() {
        return IdText.of("end", id);
    }

    /** Its state in words. */
    public String label() {
        return switch (disabledReason == null ? "" : disabledReason) {
            case "operator" -> "Disabled by an operator";
            case "gone" -> "Disabled: it answered 410 Gone";
            case "failing" -> "Disabled: nothing reached it";
            default -> failingSince == null ? "Active" : "Failing";
        };
    }

    /** Why nothing is sent to it, in a sentence; empty while it is enabled. */
    public String disabledWhy() {
        return switch (disabledReason == null ? "" : disabledReason) {
            case "operator" -> "An operator disabled it.";
            case "gone" -> "It answered 410 Gone, which asks us to stop.";
            case "failing" -> "Nothing has reached it for days, with every attempt of the schedule.";
            default -> "";
        };
    }

    /** Its state as the class of a tag. */
    public String tone() {
        return disabledAt != null ? "bad" : failingSince == null ? "ok" : "warn";
    }
}
