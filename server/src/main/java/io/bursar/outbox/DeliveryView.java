package io.bursar.outbox;

import io.bursar.shared.IdText;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one endpoint.
 *
 * <p>The status is pending, delivered or failed; the finding is what the last attempt met, in a
 * stable word ({@code ok}, {@code timeout}, {@code http_500}, …). A pending delivery is held while its endpoint is
 * disabled and goes on when that is enabled again.
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
        @Nullable Instant nextAttemptAt,
        String owner,
        UUID endpointId,
        boolean held) {

    /** {@code dlv_…}, as pages and the API name it. */
    public String idText() {
        return IdText.of("dlv", deliveryId);
    }

    /** {@code evt_…}, the {@code webhook-id} its receiver sees. */
    public String eventIdText() {
        return IdText.of("evt", eventId);
    }

    /** Its state in words. */
    public String label() {
        return switch (status) {
            case "delivered" -> "Delivered";
            case "failed" -> "Failed: " + found();
            default -> held ? "Held: endpoint disabled" : finding == null ? "Waiting" : "Retrying: " + found();
        };
    }

    /** Its state as the class of a tag. */
    public String tone() {
        return switch (status) {
            case "delivered" -> "ok";
            case "failed" -> "bad";
            default -> finding == null && !held ? "wait" : "warn";
        };
    }

    /** What the last attempt met and whose fault it is, in a sentence; empty before the first. */
    public String advice() {
        return finding == null ? "" : Finding.parse(finding).advice();
    }

    private String found() {
        return finding == null ? "unknown" : Finding.parse(finding).label();
    }
}
