package io.bursar.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one endpoint.
 *
 * <p>The status is pending, delivered or failed; the finding is what the last attempt met, in a
 * stable word ({@code ok}, {@code timeout}, {@code http_500}, …).
 */
public record DeliveryView(
        UUID deliveryId,
        UUID eventId,
        String type,
        String subject,
        String url,
        String status,
        int attempts,
        @Nullable Integer responseStatus,
        @Nullable String finding,
        Instant createdAt,
        @Nullable Instant lastAttemptAt,
        @Nullable Instant nextAttemptAt) {}
