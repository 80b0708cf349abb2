package io.bursar.outbox;

import io.bursar.errorlog.ErrorLog;
import io.bursar.outbox.AfterAttempt.Again;
import io.bursar.outbox.AfterAttempt.Delivered;
import io.bursar.outbox.AfterAttempt.GivenUp;
import io.bursar.outbox.AfterAttempt.Unwanted;
import io.bursar.outbox.DeliveryStore.Attempt;
import io.bursar.platform.Gatekeeper;
import io.bursar.platform.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries deliveries to their endpoints. Each has a virtual thread of its own; nobody waits for it. So many are in
 * flight on a node, so many to one endpoint, and only one to an endpoint that is failing: a slow receiver holds up
 * itself. No order is promised. A delivery is sent at least once: a node that dies between the answer and writing it
 * down leaves it to be sent again, under the same id.
 */
final class Courier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final int IN_FLIGHT_MAX = 256;
    private static final int PER_ENDPOINT_MAX = 8;
    private static final int CHAIN_LENGTH_MAX = 50;
    /** Writing down takes database connections, which requests need more. */
    private static final int SETTLING_MAX = 4;

    private static final Duration STOP_MAX = WebhookClient.ATTEMPT_MAX.plusSeconds(1);

    private final DeliveryStore deliveries;
    private final EndpointStore endpoints;
    private final WebhookSettings settings;
    private final AddressGuard guard;
    private final WebhookClient client;
    private final Secrets secrets;
    private final TransactionTemplate transactions;
    private final ErrorLog errors;
    private final Gatekeeper gates;
    private final Clock clock;
    private final Semaphore slots = new Semaphore(IN_FLIGHT_MAX);
    private final Semaphore settling = new Semaphore(SETTLING_MAX);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-", 0).factory());

    Courier(
            DeliveryStore deliveries,
            EndpointStore endpoints,
            WebhookSettings settings,
            AddressGuard guard,
            WebhookClient client,
            Secrets secrets,
            TransactionTemplate transactions,
            ErrorLog errors,
            Gatekeeper gates,
            Clock clock) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.settings = settings;
        this.guard = guard;
        this.client = client;
        this.secrets = secrets;
        this.transactions = transactions;
        this.errors = errors;
        this.gates = gates;
        this.clock = clock;
    }

    static int connectionsMax() {
        return IN_FLIGHT_MAX;
    }

    /** Sends off what is due and returns without waiting for any of it. */
    void sendDue() {
        int free = slots.availablePermits();
        if (free == 0 || threads.isShutdown() || !gates.isOpen(DeliverWebhooks.GATE)) {
            return;
        }
        for (Claimed claimed : deliveries.claim(clock.instant(), free, PER_ENDPOINT_MAX, null)) {
            slots.acquireUninterruptibly();
            threads.execute(() -> {
                try {
                    chain(claimed);
                } finally {
                    slots.release();
                }
            });
        }
    }

    /** Lets what is in flight come to its end, which its own deadline bounds. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** While an endpoint takes what it gets, its next delivery follows at once instead of with the next run. */
    private void chain(Claimed first) {
        List<Claimed> next = List.of(first);
        for (int length = 0; length < CHAIN_LENGTH_MAX && !next.isEmpty(); length++) {
            Claimed claimed = next.getFirst();
            try {
                if (!attempt(claimed) || threads.isShutdown() || !gates.isOpen(DeliverWebhooks.GATE)) {
                    return;
                }
                next = deliveries.claim(clock.instant(), 1, PER_ENDPOINT_MAX, claimed.endpointId());
            } catch (RuntimeException failed) {
                LOG.warn("Delivery {} was not written down; its lease will run out.", claimed.deliveryId(), failed);
                return;
            }
        }
    }

    private boolean attempt(Claimed claimed) {
        Instant at = clock.instant();
        long began = System.nanoTime();
        String signature = "";
        Reply reply;
        try {
            byte[] body = claimed.body();
            signature = claimed.secrets().open(secrets, at).stream()
                    .map(secret -> secret.signature(claimed.webhookId(), at, body))
                    .collect(Collectors.joining(" "));
            reply = send(claimed, at, signature, body);
        } catch (RuntimeException broken) {
            LOG.error("Delivery {} could not be attempted.", claimed.deliveryId(), broken);
            reply = Reply.of(Finding.Kind.INTERNAL);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return settle(claimed, at, took, signature, reply);
    }

    private Reply send(Claimed claimed, Instant at, String signature, byte[] body) {
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

    private boolean settle(Claimed claimed, Instant at, Duration took, String signature, Reply reply) {
        Finding finding = reply.finding();
        Instant roundBeganAt = Objects.requireNonNullElse(claimed.roundBeganAt(), at);
        AfterAttempt after = AfterAttempt.decide(
                finding,
                claimed.step() + 1,
                roundBeganAt,
                clock.instant(),
                reply.retryAfter(),
                ThreadLocalRandom.current().nextInt(RetrySchedule.JITTER_PARTS));
        Attempt attempt = new Attempt(
                claimed.attempts() + 1,
                at,
                took,
                claimed.url(),
                signature,
                finding.word(),
                finding.status() > 0 ? finding.status() : null,
                reply.excerpt());
        settling.acquireUninterruptibly();
        boolean disabled;
        try {
            disabled = Objects.requireNonNull(
                    transactions.execute(status -> written(claimed, attempt, roundBeganAt, after)));
        } finally {
            settling.release();
        }
        tell(claimed, finding, after, disabled);
        return after instanceof Delivered;
    }

    /** Returns whether the endpoint was disabled by it. */
    private boolean written(Claimed claimed, Attempt attempt, Instant roundBeganAt, AfterAttempt after) {
        String status = switch (after) {
            case Delivered delivered -> "delivered";
            case Again again -> "pending";
            case GivenUp givenUp -> "failed";
            case Unwanted unwanted -> "failed";
        };
        Instant next = after instanceof Again again ? again.at() : null;
        if (!deliveries.settle(claimed, attempt, roundBeganAt, status, next)) {
            return false;
        }
        if (after instanceof Delivered) {
            endpoints.reached(claimed.endpointId());
            return false;
        }
        endpoints.failed(claimed.endpointId(), attempt.at());
        Instant now = clock.instant();
        return switch (after) {
            case Delivered delivered -> false;
            case Again again -> endpoints.disableIfFailing(claimed.endpointId(), again.failingBefore(), now);
            case GivenUp givenUp -> endpoints.disableIfFailing(claimed.endpointId(), givenUp.failingBefore(), now);
            case Unwanted unwanted -> endpoints.disable(claimed.endpointId(), "gone", now);
        };
    }

    private void tell(Claimed claimed, Finding finding, AfterAttempt after, boolean disabled) {
        if (disabled || after instanceof GivenUp) {
            errors.record(
                    "webhook_failing",
                    "Endpoint %s: %s. %s"
                            .formatted(
                                    claimed.endpointId(),
                                    finding.word(),
                                    disabled ? "It was disabled; its events are kept." : "A delivery was given up."),
                    claimed.owner());
        }
    }
}
