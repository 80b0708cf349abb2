package io.bursar.outbox;

import io.bursar.shared.IdText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery this node holds the lease of, with all an attempt needs.
 *
 * @param probe whether its endpoint is failing, so that this is the only one to be tried there now
 * @param leasedAt by {@link System#nanoTime}, not after the lease began
 */
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
        SealedSecrets secrets,
        boolean probe,
        long leasedAt) {
    /** Longer than an attempt can last; a lease that old belongs to a node that died. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration FRESH_MAX =
            LEASE.minus(WebhookClient.ATTEMPT_MAX).minusSeconds(5);

    /** Whether an attempt that begins now ends before the lease does. */
    boolean isFresh(long nanoTime) {
        return nanoTime - leasedAt < FRESH_MAX.toNanos();
    }

    String webhookId() {
        return IdText.of("evt", eventId);
    }

    byte[] body() {
        return payload.getBytes(StandardCharsets.UTF_8);
    }
}
