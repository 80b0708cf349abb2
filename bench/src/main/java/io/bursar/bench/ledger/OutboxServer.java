package io.bursar.bench.ledger;

import io.bursar.outbox.Endpoints;
import io.bursar.outbox.Outbox;
import io.bursar.platform.Database;
import io.bursar.shared.Actor;
import io.bursar.shared.IdText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** The product with endpoints that lead to receivers on the loopback, each of an owner of its own. */
final class OutboxServer implements AutoCloseable {
    private static final Actor ACTOR = Actor.system("bench");
    private static final Map<String, String> DATA = Map.of(
            "payment", "pay_01jd0000000000000000000000", "amount", "39.12", "currency", "USDC", "status", "verified");

    private final Product product;
    private final BenchDatabase database;
    private final Outbox outbox;
    private final Endpoints endpoints;
    private final TransactionTemplate transactions;

    private OutboxServer(Product product) {
        this.product = product;
        this.database = new BenchDatabase(product.bean(Database.class).logins().app());
        this.outbox = product.bean(Outbox.class);
        this.endpoints = product.bean(Endpoints.class);
        this.transactions = product.bean(TransactionTemplate.class);
    }

    static OutboxServer start(@Nullable Path parent, List<WebhookReceiver> receivers) {
        String allowed = receivers.stream().map(WebhookReceiver::origin).collect(Collectors.joining(","));
        return new OutboxServer(Product.start(parent, Map.of("WEBHOOK_ALLOWED_ORIGINS", allowed)));
    }

    /** Adds an endpoint and answers its owner. */
    String add(WebhookReceiver receiver) {
        String owner = "partner/" + UUID.randomUUID();
        transactions.executeWithoutResult(status -> endpoints.add(owner, receiver.origin() + "/hook", ACTOR));
        return owner;
    }

    /** From now on events for these are kept and not sent. */
    void hold(List<String> owners) {
        transactions.executeWithoutResult(status -> owners.forEach(
                owner -> endpoints.disable(owner, endpoints.of(owner).getFirst().id(), ACTOR, "bench")));
    }

    /** Sends what was kept. */
    void release(List<String> owners) {
        transactions.executeWithoutResult(status -> owners.forEach(
                owner -> endpoints.enable(owner, endpoints.of(owner).getFirst().id(), ACTOR, "bench")));
    }

    /** So many events, one after the other for each of the owners; answers their ids as receivers see them. */
    List<String> publish(List<String> owners, int number) {
        return Objects.requireNonNull(transactions.execute(status -> {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                String subject = "payment-request/" + UUID.randomUUID();
                UUID id = outbox.publish(owners.get(i % owners.size()), "payment.verified", subject, DATA);
                ids.add(IdText.of("evt", id));
            }
            return ids;
        }));
    }

    /** Waits until every delivery to these owners is written down as delivered. */
    void awaitWritten(List<String> owners, long secondsMax) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
        while (left(owners) > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "%d deliveries not written as delivered (expected: none)".formatted(left(owners)));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private long left(List<String> owners) {
        String array = owners.stream().collect(Collectors.joining(",", "{", "}"));
        return (long) database.number(
                "SELECT count(*) FROM outbox.delivery WHERE owner = ANY (?::text[]) AND status <> 'delivered'", array);
    }

    @Override
    public void close() {
        database.close();
        product.close();
    }
}
