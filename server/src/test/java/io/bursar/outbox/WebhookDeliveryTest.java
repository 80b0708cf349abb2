package io.bursar.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditEntry;
import io.bursar.outbox.Receiver.Answer;
import io.bursar.outbox.Receiver.Received;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Events on their way to receivers that answer, refuse, stall and come back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookDeliveryTest {
    private final Receiver receiver = new Receiver();
    private final Receiver other = new Receiver();
    private final OutboxFloor floor = OutboxFloor.allowing(receiver, other);

    @AfterAll
    void stop() {
        floor.close();
        receiver.close();
        other.close();
    }

    @Test
    void an_event_arrives_signed_so_that_the_official_library_accepts_it() throws Exception {
        String owner = OutboxFloor.newOwner();
        String secret = floor.add(owner, receiver.url());
        receiver.answers(new Answer(202, Map.of(), "thank\u0000 you\nvery much"));
        floor.publish(owner, "payment.verified");

        DeliveryView delivery = floor.attempted(owner, 1);

        assertThat(delivery.status()).isEqualTo("delivered");
        assertThat(delivery.finding()).isEqualTo("ok");
        assertThat(delivery.responseStatus()).isEqualTo(202);
        Received got = receivedBy(receiver, delivery).getFirst();
        new Webhook(secret).verify(got.body(), headers(got));
        assertThat(got.contentType()).startsWith("application/json");
        assertThat(got.body())
                .startsWith("{\"type\":\"payment.verified\",\"timestamp\":\"")
                .endsWith("\"data\":{\"amount\":\"39.12\"}}");
        var attempt = floor.floors()
                .bean(DeliveryListStore.class)
                .attempts(delivery.deliveryId(), 10)
                .getFirst();
        assertThat(attempt.excerpt()).isEqualTo("thank you very much");
        assertThat(attempt.signature()).isEqualTo(got.signature());
        receiver.answers(Answer.status(200));
    }

    @Test
    void a_failing_delivery_is_tried_again_under_the_same_id_when_its_time_has_come() throws Exception {
        String owner = OutboxFloor.newOwner();
        String secret = floor.add(owner, receiver.url());
        receiver.answers(Answer.status(503));
        floor.publish(owner, "payment.verified");

        DeliveryView first = floor.attempted(owner, 1);

        assertThat(first.status()).isEqualTo("pending");
        assertThat(first.finding()).isEqualTo("http_503");
        assertPause(first, Duration.ofSeconds(5));
        floor.sendDue();
        assertThat(floor.only(owner).attempts()).isEqualTo(1);

        receiver.answers(Answer.status(200));
        floor.floors().clock().forward(Duration.ofSeconds(6));
        assertThat(floor.attempted(owner, 2).status()).isEqualTo("delivered");

        List<Received> got = receivedBy(receiver, first);
        assertThat(got)
                .extracting(Received::id)
                .containsOnly(first.eventIdText())
                .hasSize(2);
        assertThat(got).extracting(Received::body).containsOnly(got.getFirst().body());
        assertThat(Long.parseLong(got.get(1).timestamp()))
                .isGreaterThan(Long.parseLong(got.get(0).timestamp()));
        new Webhook(secret).verify(got.getFirst().body(), headers(got.getFirst()));
    }

    @Test
    void the_whole_schedule_without_an_answer_disables_the_endpoint_and_keeps_its_events() {
        String owner = OutboxFloor.newOwner();
        floor.add(owner, "http://127.0.0.1:" + other.port() + "/never");
        other.answers(Answer.status(500));
        floor.publish(owner, "payment.verified");

        for (int attempt = 1; attempt <= RetrySchedule.ATTEMPTS_MAX; attempt++) {
            Instant next = floor.attempted(owner, attempt).nextAttemptAt();
            if (next != null) {
                floor.floors()
                        .clock()
                        .forward(Duration.between(floor.floors().clock().instant(), next));
            }
        }

        assertThat(floor.only(owner).status()).isEqualTo("failed");
        assertThat(floor.onlyEndpoint(owner).disabledReason()).isEqualTo("failing");
        assertThat(floor.errorsOf(owner)).contains("webhook_failing").contains("http_500");

        floor.publish(owner, "payment.verified");
        floor.sendDue();
        DeliveryView kept = floor.deliveries(owner).getFirst();
        assertThat(kept.held()).isTrue();
        assertThat(kept.attempts()).isZero();

        other.answers(Answer.status(200));
        floor.floors()
                .transactions()
                .executeWithoutResult(status -> floor.endpoints()
                        .enable(owner, floor.onlyEndpoint(owner).id(), OutboxFloor.TESTER, "mended"));
        floor.sendDue();
        await().until(() -> floor.deliveries(owner).getFirst().status().equals("delivered"));
    }

    @Test
    void gone_disables_the_endpoint_at_once_and_its_contacts_are_told() {
        String owner = OutboxFloor.newOwner();
        floor.add(owner, other.url());
        other.answers(Answer.status(410));
        Contacts contacts = floor.floors().bean(Contacts.class);
        floor.inTransaction(() -> contacts.add(owner, "Dev@partner.example", OutboxFloor.TESTER));
        assertThat(floor.floors().bean(DisabledEndpoints.class).tag()).isEmpty();
        floor.publish(owner, "payment.verified");

        assertThat(floor.attempted(owner, 1).finding()).isEqualTo("http_410");

        assertThat(floor.only(owner).status()).isEqualTo("failed");
        assertThat(floor.onlyEndpoint(owner).disabledReason()).isEqualTo("gone");
        assertThat(floor.mailsTo("dev@partner.example"))
                .startsWith("Your webhook endpoint was disabled")
                .contains(other.origin() + " was disabled", "410 Gone", "Gone (410)", "Nothing is lost")
                .contains("https://pay.example/webhooks/" + owner + "/login")
                .doesNotContain("/hook ");
        assertThat(floor.floors().bean(Audit.class).entries(owner, null, 10).items())
                .extracting(AuditEntry::action)
                .contains("webhook.disabled");
        assertThat(floor.floors()
                        .bean(DisabledEndpoints.class)
                        .tag()
                        .orElseThrow()
                        .text())
                .contains("disabled");
        other.answers(Answer.status(200));
    }

    @Test
    void a_throttling_receiver_is_left_alone_for_as_long_as_it_asks() {
        String owner = OutboxFloor.newOwner();
        floor.add(owner, other.url());
        other.answers(new Answer(429, Map.of("Retry-After", "600"), "slow down"));
        floor.publish(owner, "payment.verified");

        assertPause(floor.attempted(owner, 1), Duration.ofMinutes(10));
        other.answers(Answer.status(200));
    }

    @Test
    void a_redirect_is_a_failure_and_is_not_followed() {
        String owner = OutboxFloor.newOwner();
        floor.add(owner, other.url());
        other.answers(new Answer(307, Map.of("Location", receiver.origin() + "/elsewhere"), ""));
        floor.publish(owner, "payment.verified");

        DeliveryView delivery = floor.attempted(owner, 1);

        assertThat(delivery.finding()).isEqualTo("http_307");
        assertThat(receivedBy(receiver, delivery)).isEmpty();
        assertThat(receivedBy(other, delivery)).hasSize(1);
        other.answers(Answer.status(200));
    }

    @Test
    void two_workers_at_once_deliver_each_event_once() throws InterruptedException {
        String owner = OutboxFloor.newOwner();
        floor.add(owner, receiver.url());
        receiver.answers(Answer.status(200));
        Set<String> published = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            published.add(io.bursar.shared.IdText.of("evt", floor.publish(owner, "payment.verified")));
        }

        try (Courier second = floor.secondCourier()) {
            CountDownLatch start = new CountDownLatch(1);
            Thread one = Thread.ofVirtual().start(() -> awaitAnd(start, floor::sendDue));
            Thread two = Thread.ofVirtual().start(() -> awaitAnd(start, second::sendDue));
            start.countDown();
            one.join();
            two.join();
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                floor.sendDue();
                second.sendDue();
                return floor.deliveries(owner).stream()
                        .allMatch(delivery -> delivery.status().equals("delivered"));
            });
        }

        assertThat(published).allSatisfy(id -> assertThat(receiver.timesById()).containsEntry(id, 1));
    }

    @Test
    void a_slow_endpoint_delays_no_other() {
        String slow = OutboxFloor.newOwner();
        String quick = OutboxFloor.newOwner();
        try (Receiver stalled = new Receiver();
                OutboxFloor own = OutboxFloor.allowing(stalled, receiver)) {
            own.add(slow, stalled.url());
            own.add(quick, receiver.url());
            stalled.stalls();
            Instant began = own.floors().clock().instant();
            for (int i = 0; i < 300; i++) {
                own.publish(slow, "payment.verified");
            }
            own.sendDue();
            await().until(() -> !stalled.received().isEmpty());
            own.publish(quick, "payment.verified");

            Instant before = own.floors().clock().instant();
            assertThat(own.attempted(quick, 1).status()).isEqualTo("delivered");

            assertThat(Duration.between(before, own.floors().clock().instant())).isLessThan(OutboxFloor.ATTEMPT_MAX);
            Duration since = Duration.between(began, own.floors().clock().instant());
            assertThat(stalled.received())
                    .as("one at a time, for an endpoint that has never answered")
                    .hasSizeLessThanOrEqualTo(1 + (int) since.dividedBy(OutboxFloor.ATTEMPT_MAX));
            await().until(() -> own.onlyEndpoint(slow).failingSince() != null);
        }
    }

    @Test
    void the_lease_of_a_node_that_died_runs_out_by_the_clock_of_the_database() {
        String owner = OutboxFloor.newOwner();
        floor.add(owner, receiver.url());
        receiver.answers(Answer.status(200));
        DeliveryStore store = floor.floors().bean(DeliveryStore.class);
        Due.Look here = new Due.Look(false, Set.of(floor.onlyEndpoint(owner).id()));
        Claimed lost = floor.inTransaction(() -> {
            floor.publish(owner, "payment.verified");
            return store.claim(floor.floors().clock().instant(), 1, here, Set.of(), Set.of())
                    .getFirst();
        });

        floor.floors().clock().forward(Duration.ofHours(1));
        floor.sendDue();
        assertThat(floor.only(owner).attempts()).isZero();

        floor.floors()
                .sql()
                .sql("UPDATE outbox.delivery SET leased_until = now() - interval '1 second' WHERE owner = :owner")
                .param("owner", owner)
                .update();
        assertThat(floor.attempted(owner, 1).status()).isEqualTo("delivered");
        Sender.Sent late =
                new Sender.Sent(Instant.EPOCH, Duration.ZERO, "", new Reply(Finding.ofStatus(200), "", null));
        assertThat(floor.floors().bean(Results.class).write(Results.Result.of(lost, late, Instant.EPOCH, 0)))
                .as("the dead node's answer comes too late")
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(Results.Written.LOST);
    }

    @Test
    void a_replay_sends_again_under_the_same_id() {
        String owner = OutboxFloor.newOwner();
        floor.add(owner, receiver.url());
        receiver.answers(Answer.status(200));
        floor.publish(owner, "payment.verified");
        DeliveryView delivery = floor.attempted(owner, 1);

        Boolean replayed = floor.floors()
                .transactions()
                .execute(status -> floor.endpoints().replay(owner, delivery.deliveryId(), OutboxFloor.TESTER));

        assertThat(replayed).isTrue();
        assertThat(floor.attempted(owner, 2).status()).isEqualTo("delivered");
        assertThat(receiver.timesById()).containsEntry(delivery.eventIdText(), 2);
    }

    private static void awaitAnd(CountDownLatch start, Runnable work) {
        try {
            start.await();
            work.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertPause(DeliveryView delivery, Duration pause) {
        Instant next = Objects.requireNonNull(delivery.nextAttemptAt());
        Instant last = Objects.requireNonNull(delivery.lastAttemptAt());
        assertThat(Duration.between(last, next))
                .isBetween(pause, pause.plus(pause.dividedBy(10)).plusSeconds(2));
    }

    private static List<Received> receivedBy(Receiver receiver, DeliveryView delivery) {
        return receiver.received().stream()
                .filter(got -> got.id().equals(delivery.eventIdText()))
                .toList();
    }

    private static HttpHeaders headers(Received got) {
        return HttpHeaders.of(
                Map.of(
                        "webhook-id", List.of(got.id()),
                        "webhook-timestamp", List.of(got.timestamp()),
                        "webhook-signature", List.of(got.signature())),
                (name, value) -> true);
    }
}
