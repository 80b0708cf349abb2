package io.bursar.outbox;

import io.bursar.shared.IdText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A delivery this node holds the lease of, with all an attempt needs. */
record Claimed(
        UUID deliveryId,
        UUID lease,
        UUID eventId,
        UUID endpointId,
        String owner,
        String url,
        String payload,
        int attempts,
        int step,
        @Nullable Instant roundBeganAt,
        SealedSecrets secrets) {
    String webhookId() {
        return IdText.of("evt", eventId);
    }

    byte[] body() {
        return payload.getBytes(StandardCharsets.UTF_8);
    }
}
