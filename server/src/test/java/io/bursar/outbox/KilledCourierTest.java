package io.bursar.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bursar.outbox.DeliveryListStore.AttemptLine;
import io.bursar.outbox.DeliveryListStore.Filter;
import io.bursar.outbox.Receiver.Answer;
import io.bursar.outbox.Receiver.Received;
import io.bursar.shared.IdText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that delivers, with signal 9 at a random moment, and lets another one go on. */
class KilledCourierTest {
    private static final int EVENTS = 400;
    private static final Duration PAUSE = RetrySchedule.PAUSES.getFirst();
    /** The second process lives so far ahead that what was to be tried again is due there. */
    private static final Duration AHEAD = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @RepeatedTest(2)
    void no_delivery_is_lost_and_the_schedule_is_kept_when_its_node_is_killed() throws Exception {
        killUnderLoad();
    }

    @Tag("long")
    @Tag("server")
    @RepeatedTest(20)
    void nothing_is_lost_in_twenty_killed_nodes() throws Exception {
        killUnderLoad();
    }

    private void killUnderLoad() throws Exception {
        try (Receiver receiver = new Receiver();
                OutboxFloor floor = OutboxFloor.allowing(receiver)) {
            // This process only looks on.
            floor.floors().bean(Courier.class).close();
            Map<String, Set<String>> idsByOwner = new HashMap<>();
            for (String path : List.of("/takes", "/away")) {
                String owner = OutboxFloor.newOwner();
                floor.add(owner, receiver.origin() + path);
                idsByOwner.put(owner, publish(floor, owner, path.equals("/takes") ? EVENTS : 3));
            }
            receiver.answers("/away", Answer.status(503));
            int receivedBefore = 20 + new Random().nextInt(EVENTS - 100);
            kill(
                    start(floor, receiver, Duration.ZERO),
                    () -> receiver.received().size() >= receivedBefore);

            Map<UUID, DeliveryView> left = deliveries(floor, idsByOwner.keySet());
            assertThat(left).hasSize(EVENTS + 3);
            List<DeliveryView> waiting = left.values().stream()
                    .filter(delivery ->
                            delivery.attempts() > 0 && delivery.status().equals("pending"))
                    .toList();
            assertThat(waiting)
                    .allSatisfy(delivery -> assertThat(pause(delivery))
                            .isBetween(PAUSE, PAUSE.plus(PAUSE.dividedBy(10)).plus(OutboxFloor.ATTEMPT_MAX)));

            receiver.answers("/away", Answer.status(200));
            endLeases(floor);
            Process second = start(floor, receiver, AHEAD);
            kill(
                    second,
                    () -> deliveries(floor, idsByOwner.keySet()).values().stream()
                            .allMatch(delivery -> delivery.status().equals("delivered")));

            idsByOwner
                    .values()
                    .forEach(ids -> assertThat(receiver.timesById()).containsKeys(ids.toArray(String[]::new)));
            deliveries(floor, idsByOwner.keySet())
                    .values()
                    .forEach(delivery -> checkAttempts(floor, receiver, delivery));
            waiting.forEach(before -> assertThat(
                            attempts(floor, before).get(before.attempts()).at())
                    .as("not before its time")
                    .isAfterOrEqualTo(Objects.requireNonNull(before.nextAttemptAt())));
        }
    }

    /** Each attempt is there, numbered, but for one that the killed node may have made and not written. */
    private static void checkAttempts(OutboxFloor floor, Receiver receiver, DeliveryView delivery) {
        List<AttemptLine> attempts = attempts(floor, delivery);
        assertThat(attempts).hasSize(delivery.attempts());
        for (int i = 0; i < attempts.size(); i++) {
            assertThat(attempts.get(i).number()).isEqualTo(i + 1);
        }
        List<Received> received = receiver.received().stream()
                .filter(got -> got.id().equals(delivery.eventIdText()))
                .toList();
        assertThat(received).hasSizeBetween(attempts.size(), attempts.size() + 1);
        assertThat(received)
                .extracting(Received::body)
                .containsOnly(received.getFirst().body());
    }

    private static List<AttemptLine> attempts(OutboxFloor floor, DeliveryView delivery) {
        return floor.floors()
                .bean(DeliveryListStore.class)
                .attempts(delivery.deliveryId(), 100)
                .reversed();
    }

    private static Duration pause(DeliveryView delivery) {
        return Duration.between(lastAttempt(delivery), Objects.requireNonNull(delivery.nextAttemptAt()));
    }

    private static Instant lastAttempt(DeliveryView delivery) {
        return Objects.requireNonNull(delivery.lastAttemptAt());
    }

    private static Set<String> publish(OutboxFloor floor, String owner, int number) {
        return floor.inTransaction(() -> {
            Set<String> ids = new TreeSet<>();
            for (int i = 0; i < number; i++) {
                ids.add(IdText.of(
                        "evt",
                        floor.floors()
                                .bean(Outbox.class)
                                .publish(owner, "payment.verified", "payment-request/" + i, Map.of("number", i))));
            }
            return ids;
        });
    }

    private static Map<UUID, DeliveryView> deliveries(OutboxFloor floor, Set<String> owners) {
        Map<UUID, DeliveryView> all = new HashMap<>();
        DeliveryListStore lists = floor.floors().bean(DeliveryListStore.class);
        for (String owner : owners) {
            lists.page(new Filter(owner, null, null, null), null, 2 * EVENTS)
                    .items()
                    .forEach(delivery -> all.put(delivery.deliveryId(), delivery));
        }
        return all;
    }

    /** As time would, by the clock of the database, which a test cannot move. */
    private static void endLeases(OutboxFloor floor) {
        floor.floors()
                .sql()
                .sql("UPDATE outbox.delivery SET leased_until = now() - interval '1 second' WHERE lease IS NOT NULL")
                .update();
    }

    private void kill(Process process, Callable<Boolean> when) throws Exception {
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                assertThat(process.isAlive())
                        .as(() -> "alive, see " + directory)
                        .isTrue();
                return when.call();
            });
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as("killed by signal 9").isEqualTo(128 + 9);
    }

    private Process start(OutboxFloor floor, Receiver receiver, Duration ahead) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                classPath,
                CourierProcess.class.getName(),
                floor.floors().url(),
                receiver.origin(),
                String.valueOf(ahead.toSeconds())));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("courier.log").toFile())
                .start();
    }
}
