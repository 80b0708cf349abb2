package io.bursar.outbox;

import io.bursar.shared.Check;
import io.bursar.shared.UuidV7;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** Tells the owners of endpoints what happened. An event commits with the change it tells of and is delivered after. */
@Component
public class Outbox {
    private static final int PAYLOAD_BYTES_MAX = 20 * 1024;
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*");

    private final DeliveryStore deliveries;
    private final EndpointStore endpoints;
    private final Courier courier;
    private final JsonMapper json;
    private final Clock clock;

    Outbox(DeliveryStore deliveries, EndpointStore endpoints, Courier courier, JsonMapper json, Clock clock) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.courier = courier;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Records one event inside the caller's transaction, and a delivery of it to each of the owner's endpoints.
     *
     * @param owner kind and id of whose endpoints hear it, {@code partner/<uuid>}
     * @param type dotted, {@code payment.verified}
     * @param subject kind and id of what it is about, {@code payment-request/<uuid>}
     * @param data becomes the payload's {@code data} (a record or map; amounts as decimal strings)
     * @return the event's id, the same in {@code webhook-id} on every attempt
     */
    public UUID publish(String owner, String type, String subject, Object data) {
        List<UUID> hearers = endpoints.of(owner).stream().map(EndpointView::id).toList();
        return publishTo(hearers, owner, type, subject, data);
    }

    /** To these endpoints alone. A disabled endpoint's deliveries are kept for when it is enabled again. */
    UUID publishTo(List<UUID> hearers, String owner, String type, String subject, Object data) {
        Check.that(
                TransactionSynchronizationManager.isActualTransactionActive(),
                "event %s: no transaction (expected: that of the change it tells of)",
                type);
        Check.argument(TYPE.matcher(type).matches(), "event type: %s (expected: words joined by dots)", type);
        Instant now = clock.instant();
        String payload = json.writeValueAsString(new Payload(type, now.toString(), data));
        int size = payload.getBytes(StandardCharsets.UTF_8).length;
        Check.argument(
                size <= PAYLOAD_BYTES_MAX, "event %s: %s bytes (expected: at most %s)", type, size, PAYLOAD_BYTES_MAX);
        UUID eventId = UuidV7.at(now);
        deliveries.insertEvent(eventId, owner, type, subject, payload, now);
        for (UUID endpointId : hearers) {
            deliveries.insertDelivery(UuidV7.at(now), eventId, endpointId, owner, subject, now);
        }
        sendAfterCommit(hearers);
        return eventId;
    }

    /** Something became due at these endpoints by the caller's transaction. */
    void sendAfterCommit(List<UUID> endpointIds) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                courier.sendDueAt(endpointIds);
            }
        });
    }

    /** The body a receiver gets, as Standard Webhooks has it. */
    record Payload(String type, String timestamp, Object data) {}
}
