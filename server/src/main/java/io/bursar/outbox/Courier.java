package io.bursar.outbox;

import io.bursar.outbox.Results.Result;
import io.bursar.platform.Gatekeeper;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Carries deliveries to their endpoints. One thread leases what is due, many at a time, and puts each into the line of
 * its endpoint; virtual threads carry from there, so many to one endpoint as it has shown to take, and nobody waits for
 * them. Results are written together with whatever else came back at that moment. No order is promised. A delivery is
 * sent at least once: a node that dies between the answer and writing it down leaves it to be sent again, under the
 * same id, when its lease has run out.
 */
@Component
class Courier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    /** Connections a node has open at once. */
    static final int IN_FLIGHT_MAX = 512;

    static final int LEASED_MAX = 4_096;
    private static final int CLAIM_MIN = 64;
    private static final int CLAIM_MAX = 512;
    private static final int CLAIM_MIN_WAIT_MS = 5;
    private static final Duration STOP_MAX = WebhookClient.ATTEMPT_MAX.plusSeconds(1);

    private final DeliveryStore deliveries;
    private final Sender sender;
    private final Results results;
    private final Gatekeeper gates;
    private final Clock clock;
    private final Due due = new Due();
    private final Map<UUID, Line> lines = new ConcurrentHashMap<>();
    private final Semaphore leases = new Semaphore(LEASED_MAX);
    private final Semaphore slots = new Semaphore(IN_FLIGHT_MAX);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-", 0).factory());
    private final Thread dispatcher;
    private volatile boolean stopping;

    Courier(DeliveryStore deliveries, Sender sender, Results results, Gatekeeper gates, Clock clock) {
        this.deliveries = deliveries;
        this.sender = sender;
        this.results = results;
        this.gates = gates;
        this.clock = clock;
        this.dispatcher = Thread.ofVirtual().name("webhook-dispatcher").start(this::dispatch);
    }

    /** Looks soon whether something is due, at all endpoints, and does not wait for it. */
    void sendDue() {
        due.anywhere();
    }

    /** The same at these endpoints, after the commit that made something due there. */
    void sendDueAt(Collection<UUID> endpoints) {
        due.at(endpoints);
    }

    /** Lets what is in flight come to its end, which its own deadline bounds, and gives back what only waits. */
    @Override
    public void close() {
        stopping = true;
        dispatcher.interrupt();
        threads.shutdown();
        try {
            dispatcher.join();
            lines.values().forEach(line -> giveBack(line.leave()));
            if (!threads.awaitTermination(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void dispatch() {
        while (!stopping) {
            int room = 0;
            try {
                Due.Look look = due.await();
                if (!gates.isOpen(DeliverWebhooks.GATE)) {
                    continue;
                }
                room = room();
                room -= lease(look, room);
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException failed) {
                LOG.warn("Due webhooks could not be leased; the next run of the job tries again.", failed);
            } finally {
                leases.release(room);
            }
        }
    }

    /** Many soon, or else few: leasing one at a time is what a node with much to do should not do. */
    private int room() throws InterruptedException {
        int room = CLAIM_MIN;
        if (!leases.tryAcquire(CLAIM_MIN, CLAIM_MIN_WAIT_MS, TimeUnit.MILLISECONDS)) {
            leases.acquire();
            room = 1;
        }
        while (room < CLAIM_MAX && leases.tryAcquire()) {
            room++;
        }
        return room;
    }

    /** Returns how many were leased. */
    private int lease(Due.Look look, int room) {
        lines.values().removeIf(Line::isIdle);
        Set<UUID> served = lines.entrySet().stream()
                .filter(line -> line.getValue()
                        .isServed(look.anywhere() || look.endpoints().contains(line.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Set<UUID> proven = lines.entrySet().stream()
                .filter(line -> line.getValue().isProven())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        List<Claimed> claimed = deliveries.claim(clock.instant(), room, look, served, proven);
        claimed.stream()
                .collect(Collectors.groupingBy(Claimed::endpointId))
                .forEach((endpoint, of) -> lineUp(endpoint, of, proven.contains(endpoint)));
        if (claimed.size() == room) {
            due.again(look);
        }
        return claimed.size();
    }

    private void lineUp(UUID endpoint, List<Claimed> claimed, boolean proven) {
        Line line = lines.computeIfAbsent(endpoint, id -> new Line());
        boolean all = claimed.size() < (proven ? Line.LEASED_MAX : Line.LEASED_UNPROVEN_MAX)
                && !claimed.getFirst().probe();
        begin(line, line.add(claimed, !all));
    }

    private void begin(Line line, int number) {
        for (int i = 0; i < number; i++) {
            try {
                threads.execute(() -> carry(line));
            } catch (RejectedExecutionException stop) {
                return;
            }
        }
    }

    /** One after the other, as long as the line has something for this thread. */
    private void carry(Line line) {
        for (Optional<Claimed> next = line.next(System.nanoTime());
                next.isPresent();
                next = line.next(System.nanoTime())) {
            Claimed claimed = next.get();
            if (!gates.isOpen(DeliverWebhooks.GATE)) {
                giveBack(line.halt(claimed));
                return;
            }
            slots.acquireUninterruptibly();
            Sender.Sent sent;
            try {
                sent = sender.send(claimed);
            } finally {
                slots.release();
            }
            boolean delivered = sent.reply().finding().delivered();
            write(claimed, sent);
            if (delivered) {
                begin(line, line.succeeded());
            } else {
                giveBack(line.failed());
            }
            if (delivered && line.wantsMore()) {
                due.at(Set.of(claimed.endpointId()));
            }
        }
        giveBack(line.leaveStale(System.nanoTime()));
    }

    private void write(Claimed claimed, Sender.Sent sent) {
        Result result = Result.of(
                claimed, sent, clock.instant(), ThreadLocalRandom.current().nextInt(RetrySchedule.JITTER_PARTS));
        var _ = results.write(result).whenComplete((written, failed) -> {
            leases.release();
            if (failed != null) {
                LOG.warn("Delivery {} was not written down; its lease will run out.", claimed.deliveryId(), failed);
            } else if (result.isToBeTold(written)) {
                threads.execute(() -> results.tell(result, written));
            }
        });
    }

    /** What is not tried now is due at once, for this node or another. */
    private void giveBack(List<Claimed> left) {
        if (left.isEmpty()) {
            return;
        }
        try {
            deliveries.giveBack(left);
        } catch (RuntimeException failed) {
            LOG.warn("{} deliveries were not given back; their leases will run out.", left.size(), failed);
        } finally {
            leases.release(left.size());
        }
    }
}
