package io.bursar.inbox;

import io.bursar.shared.IdText;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event as it is looked at; {@code result} is what its last attempt met, null before the first. */
record EventView(
        UUID id,
        String provider,
        String account,
        String externalId,
        String kind,
        String subject,
        String verdict,
        Instant receivedAt,
        String state,
        int attempts,
        @Nullable Result result,
        @Nullable Instant lastAttemptAt,
        @Nullable Instant nextAttemptAt,
        boolean underWay) {

    /** {@code ine_…}, as pages name it. */
    public String idText() {
        return IdText.of("ine", id);
    }

    public boolean listed() {
        return verdict.equals("listed");
    }

    /** Its state in words. */
    public String label() {
        return switch (state) {
            case "applied" -> "Applied";
            case "ignored" -> "Ignored";
            case "parked" -> "Parked";
            default -> underWay ? "Under way" : result == null ? "Waiting" : "Trying again: " + result.label();
        };
    }

    /** Its state as the class of a tag. */
    public String tone() {
        return switch (state) {
            case "applied" -> "ok";
            case "ignored" -> "wait";
            case "parked" -> "bad";
            default -> result == null || underWay ? "wait" : "warn";
        };
    }

    /** What the last attempt met, in a sentence. */
    public String advice() {
        return result == null ? "It has not been tried yet." : result.advice();
    }
}
