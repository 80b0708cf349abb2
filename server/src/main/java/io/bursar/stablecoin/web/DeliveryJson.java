package io.bursar.stablecoin.web;

import io.bursar.outbox.DeliveryView;
import io.bursar.shared.IdText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One webhook on its way to the partner, as the partner's programs read it. */
@Schema(name = "Delivery")
record DeliveryJson(
        @Schema(example = "dlv_01jd8zk3v5m6q7r8s9t0v1w2x3") String id,

        @Schema(description = "The `webhook-id` header of every attempt.")
        String eventId,

        @Schema(example = "payment.verified") String type,
        String url,

        @Schema(allowableValues = {"pending", "delivered", "failed"})
        String status,

        int attempts,
        @Nullable Integer responseStatus,

        @Schema(description = "What the last attempt met: ok, timeout, http_500, …", nullable = true) @Nullable
        String finding,

        Instant createdAt,
        @Nullable Instant lastAttemptAt,
        @Nullable Instant nextAttemptAt) {

    static DeliveryJson of(DeliveryView delivery) {
        return new DeliveryJson(
                IdText.of("dlv", delivery.deliveryId()),
                IdText.of("evt", delivery.eventId()),
                delivery.type(),
                delivery.url(),
                delivery.status(),
                delivery.attempts(),
                delivery.responseStatus(),
                delivery.finding(),
                delivery.createdAt(),
                delivery.lastAttemptAt(),
                delivery.nextAttemptAt());
    }
}
