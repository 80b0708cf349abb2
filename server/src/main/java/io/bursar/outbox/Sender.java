package io.bursar.outbox;

import io.bursar.platform.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes one attempt: signs, looks where the URL leads, posts there. Whatever happens is told, never thrown. */
@Component
class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private final WebhookSettings settings;
    private final AddressGuard guard;
    private final WebhookClient client;
    private final Secrets secrets;
    private final Clock clock;

    Sender(WebhookSettings settings, AddressGuard guard, WebhookClient client, Secrets secrets, Clock clock) {
        this.settings = settings;
        this.guard = guard;
        this.client = client;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** What was sent and what came of it. */
    record Sent(Instant at, Duration took, String signature, Reply reply) {}

    Sent send(Claimed claimed) {
        Instant at = clock.instant();
        long began = System.nanoTime();
        String signature = "";
        Reply reply;
        try {
            byte[] body = claimed.body();
            signature = claimed.secrets().open(secrets, at).stream()
                    .map(secret -> secret.signature(claimed.webhookId(), at, body))
                    .collect(Collectors.joining(" "));
            reply = post(claimed, at, signature, body);
        } catch (RuntimeException broken) {
            LOG.error("Delivery {} could not be attempted.", claimed.deliveryId(), broken);
            reply = Reply.of(Finding.Kind.INTERNAL);
        }
        return new Sent(at, Duration.ofNanos(System.nanoTime() - began), signature, reply);
    }

    private Reply post(Claimed claimed, Instant at, String signature, byte[] body) {
        return switch (Target.of(claimed.url(), settings.allowedOrigins())) {
            case Target.Refused refused -> Reply.of(Finding.Kind.REFUSED_URL);
            case Target.Origin origin ->
                switch (guard.vet(origin)) {
                    case AddressGuard.Vetted.Unknown unknown -> Reply.of(Finding.Kind.DNS);
                    case AddressGuard.Vetted.NotPublic notPublic -> Reply.of(Finding.Kind.REFUSED_ADDRESS);
                    case AddressGuard.Vetted.Addresses vetted ->
                        client.post(
                                origin,
                                vetted.addresses(),
                                Map.of(
                                        "webhook-id", claimed.webhookId(),
                                        "webhook-timestamp", Long.toString(at.getEpochSecond()),
                                        "webhook-signature", signature),
                                body);
                };
        };
    }
}
