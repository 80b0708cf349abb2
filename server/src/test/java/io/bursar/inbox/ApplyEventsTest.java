package io.bursar.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.inbox.WorkStore.Attempt;
import io.bursar.shared.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Events on their way from kept to applied, ignored or parked. */
class ApplyEventsTest {
    private static final String VERSION = "\"version\":1,\"note\":\"first\"";
    private final InboxFloor floor = new InboxFloor();

    @AfterEach
    void stop() {
        floor.close();
    }

    @Test
    void an_event_is_applied_in_the_transaction_that_records_it() {
        UUID id = floor.keep("evt_a1", "invoice.created", "in_a", VERSION);

        floor.apply();

        EventView event = floor.event(id);
        assertThat(event.state()).isEqualTo("applied");
        assertThat(event.attempts()).isEqualTo(1);
        assertThat(floor.attempts(id)).singleElement().satisfies(attempt -> {
            assertThat(attempt.number()).isEqualTo(1);
            assertThat(attempt.result()).isEqualTo(new Result(Result.Kind.APPLIED, "Invoice in_a is known."));
        });
        assertThat(transactions("inbox.attempt", "event_id = '" + id + "'"))
                .isEqualTo(transactions("shop.invoice", "id = 'in_a'"))
                .isEqualTo(transactions("inbox.work", "event_id = '" + id + "'"));
    }

    @Test
    void what_comes_too_early_is_taken_back_and_comes_again() {
        UUID refunded = floor.keep("evt_b1", "invoice.refunded", "in_b", "\"refund\":\"re_b\",\"amount\":5");
        floor.apply();

        EventView early = floor.event(refunded);
        assertThat(early.state()).isEqualTo("waiting");
        assertThat(early.result()).isEqualTo(new Result(Result.Kind.NOT_YET, "Nothing was paid yet."));
        assertThat(Duration.between(early.lastAttemptAt(), early.nextAttemptAt()))
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(8));
        assertThat(count("shop.refund", "id = 're_b'")).as("it was rolled back").isZero();

        floor.keep("evt_b2", "invoice.created", "in_b", VERSION);
        floor.keep("evt_b3", "invoice.paid", "in_b", "");
        floor.apply();
        floor.applyLater();

        assertThat(floor.event(refunded).state()).isEqualTo("applied");
        assertThat(count("shop.invoice", "id = 'in_b' AND paid AND refunded = 5"))
                .isOne();
    }

    @Test
    void a_provider_that_is_away_is_asked_again_until_the_event_is_parked() {
        UUID id = floor.keep("evt_c1", "test.away", "in_c", "");

        List<Instant> tried = new ArrayList<>();
        for (int attempt = 1; attempt <= AfterAttempt.ATTEMPTS_MAX; attempt++) {
            floor.applyLater();
            tried.add(Objects.requireNonNull(floor.event(id).lastAttemptAt()));
        }

        EventView parked = floor.event(id);
        assertThat(parked.state()).isEqualTo("parked");
        assertThat(parked.attempts()).isEqualTo(AfterAttempt.ATTEMPTS_MAX);
        assertThat(tried).doesNotHaveDuplicates();
        assertThat(floor.errors(id))
                .singleElement()
                .asString()
                .startsWith("event_parked: test.away evt_c1 of acme/shop: Unavailable. acme_unavailable");
        floor.applyLater();
        assertThat(floor.event(id).attempts()).isEqualTo(AfterAttempt.ATTEMPTS_MAX);
    }

    @Test
    void what_can_never_be_applied_is_parked_at_once_and_changes_nothing() {
        floor.keep("evt_d1", "invoice.created", "in_d", VERSION);
        UUID refused = floor.keep("evt_d2", "test.refused", "in_d", "");
        UUID gone = floor.keep("evt_d3", "test.gone", "in_d", "");

        floor.apply();
        floor.apply();
        floor.apply();

        assertThat(floor.event(refused).state()).isEqualTo("parked");
        assertThat(floor.event(gone).state()).isEqualTo("parked");
        assertThat(count("shop.invoice", "id = 'in_d' AND NOT paid")).isOne();
        assertThat(floor.errors(refused)).hasSize(1);
    }

    @Test
    void a_foreign_event_is_ignored() {
        UUID id = floor.keep("evt_e1", "other.kind", "in_e", "");

        floor.apply();

        assertThat(floor.event(id).state()).isEqualTo("ignored");
        assertThat(floor.errors(id)).isEmpty();
    }

    @Test
    void a_bug_changes_nothing_says_nothing_and_comes_again() {
        floor.keep("evt_f1", "invoice.created", "in_f", VERSION);
        floor.apply();
        UUID id = floor.keep("evt_f2", "test.bug", "in_f", "");

        floor.apply();

        assertThat(floor.event(id).result())
                .isEqualTo(new Result(Result.Kind.FAILED, "java.lang.IllegalStateException"));
        assertThat(floor.event(id).state()).isEqualTo("waiting");
        assertThat(count("shop.invoice", "id = 'in_f' AND NOT paid")).isOne();
        assertThat(floor.errors(id)).singleElement().asString().startsWith("event_failed");
    }

    @Test
    void two_nodes_apply_each_event_once_and_one_about_a_subject_at_a_time() {
        List<UUID> ids = new ArrayList<>();
        for (int subject = 0; subject < 5; subject++) {
            ids.add(floor.keep("evt_g" + subject, "invoice.created", "in_g" + subject, VERSION));
        }
        floor.apply();
        for (int i = 0; i < 200; i++) {
            ids.add(floor.keep("evt_gp" + i, "invoice.paid", "in_g" + i % 5, ""));
        }

        try (Workbench second = floor.secondNode()) {
            Thread other = Thread.ofVirtual().start(() -> drain(second, ids));
            drain(floor.floors().bean(Workbench.class), ids);
            Awaitility.await().until(() -> !other.isAlive());
        }

        assertThat(floor.shop().togetherMax()).isOne();
        assertThat(count("shop.invoice", "id LIKE 'in_g%' AND touched = 40")).isEqualTo(5);
        assertThat(ids).allSatisfy(id -> assertThat(floor.attempts(id)).hasSize(1));
    }

    @Test
    void ten_thousand_events_about_one_subject_keep_no_other_waiting() {
        floor.keep("evt_hot", "invoice.created", "in_hot", VERSION);
        floor.apply();
        long before = count("inbox.work", "state = 'applied'");
        many(10_000, "in_hot");
        List<UUID> others = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            others.add(floor.keep("evt_cold" + i, "invoice.created", "in_cold" + i, VERSION));
        }

        ApplyEvents job = floor.floors().bean(ApplyEvents.class);
        Thread node = Thread.ofVirtual().start(job::run);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(() ->
                        others.stream().allMatch(id -> floor.event(id).state().equals("applied")));
        long hot = count("inbox.work", "state = 'applied'") - before - others.size();

        assertThat(hot).as("of the queue that came first").isLessThan(5_000);
        assertThat(floor.shop().togetherMax()).isOne();
        floor.floors()
                .sql()
                .sql("UPDATE inbox.work SET state = 'ignored', settled_at = now(), next_attempt_at = NULL "
                        + "WHERE state = 'waiting' AND lease IS NULL")
                .update();
        Awaitility.await().until(() -> !node.isAlive());
    }

    /** Payments of one invoice, all due before anything that is kept from now on. */
    private void many(int number, String subject) {
        floor.floors()
                .sql()
                .sql("""
                        WITH given AS (
                          SELECT gen_random_uuid() AS id, i FROM generate_series(1, :number) AS i
                        ), events AS (
                          INSERT INTO inbox.event (id, provider, account, external_id, kind, subject, verdict, headers,
                            body, received_at)
                          SELECT id, 'acme', 'shop', 'evt_hot' || i, 'invoice.paid', :subject, 'signed', '{}',
                            '{}', now() - interval '1 hour' FROM given
                        )
                        INSERT INTO inbox.work (event_id, provider, account, subject, state, next_attempt_at)
                        SELECT id, 'acme', 'shop', :subject, 'waiting', now() - interval '1 hour' FROM given
                        """)
                .param("number", number)
                .param("subject", subject)
                .update();
    }

    @Test
    void what_a_dead_node_had_is_taken_up_when_its_lease_is_over_by_the_clock_of_the_database() {
        UUID id = floor.keep("evt_h1", "invoice.created", "in_h", VERSION);
        UUID next = floor.keep("evt_h2", "invoice.changed", "in_h", "\"version\":2,\"note\":\"x\"");
        Leased dead = claim(1).getFirst();
        assertThat(dead.event().id()).isEqualTo(id);

        floor.floors().clock().forward(Duration.ofHours(1));
        floor.floors().bean(ApplyEvents.class).run();
        assertThat(floor.event(next).attempts())
                .as("the other about the subject")
                .isZero();

        expireLeases();
        floor.apply();
        floor.apply();

        assertThat(floor.event(id).state()).isEqualTo("applied");
        assertThat(floor.event(next).state()).isEqualTo("applied");
        assertThat(floor.attempts(id))
                .extracting(line -> line.result().kind())
                .containsExactly(Result.Kind.APPLIED, Result.Kind.LOST);
        assertThat(settledBy(dead)).as("the dead node's answer comes too late").isFalse();
    }

    @Test
    void while_a_node_applies_nobody_else_can_even_when_its_lease_is_over() {
        UUID id = floor.keep("evt_i1", "invoice.created", "in_i", VERSION);
        Leased slow = claim(1).getFirst();
        assertThat(slow.event().id()).isEqualTo(id);
        expireLeases();

        floor.floors().transactions().executeWithoutResult(status -> {
            assertThat(floor.floors().bean(WorkStore.class).hold(slow)).isTrue();
            List<Leased> others = new ArrayList<>();
            Thread other = Thread.ofPlatform().start(() -> others.addAll(claim(10)));
            Awaitility.await().until(() -> !other.isAlive());
            assertThat(others).isEmpty();
        });
        assertThat(settledBy(slow)).isTrue();
        assertThat(floor.event(id).state()).isEqualTo("applied");
    }

    @Test
    void the_database_itself_refuses_two_leases_on_one_subject() {
        floor.keep("evt_j1", "invoice.created", "in_j", VERSION);
        floor.keep("evt_j2", "invoice.paid", "in_j", "");

        assertThatThrownBy(() -> floor.floors()
                        .sql()
                        .sql("UPDATE inbox.work SET lease = gen_random_uuid(), leased_until = now() "
                                + "WHERE subject = 'in_j'")
                        .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("work_busy");
        floor.apply();
        floor.apply();
    }

    @Test
    void an_event_that_kills_every_node_that_tries_it_is_parked() {
        UUID id = floor.keep("evt_k1", "invoice.created", "in_k", VERSION);
        for (int attempt = 1; attempt <= AfterAttempt.ATTEMPTS_MAX; attempt++) {
            assertThat(claim(1)).hasSize(1);
            expireLeases();
        }

        floor.apply();

        assertThat(floor.event(id).state()).isEqualTo("parked");
        assertThat(count("shop.invoice", "id = 'in_k'")).isZero();
        assertThat(floor.attempts(id))
                .extracting(line -> line.result().kind())
                .containsExactly(Result.Kind.LOST, Result.Kind.LOST);
    }

    @Test
    void a_replay_begins_anew_and_is_audited() {
        UUID id = floor.keep("evt_l1", "invoice.paid", "in_l", "");
        for (int attempt = 1; attempt <= AfterAttempt.ATTEMPTS_MAX; attempt++) {
            floor.applyLater();
        }
        assertThat(floor.event(id).state()).isEqualTo("parked");
        floor.keep("evt_l2", "invoice.created", "in_l", VERSION);
        floor.apply();

        assertThat(floor.inbox().replay(id, Actor.system("test"), "the invoice is there now"))
                .isTrue();
        floor.apply();

        assertThat(floor.event(id).state()).isEqualTo("applied");
        assertThat(floor.inbox().replay(UUID.randomUUID(), Actor.system("test"), "no such"))
                .isFalse();
        assertThat(count(
                        "audit.entry",
                        "action = 'event.replayed' AND subject = 'inbox-event/" + id
                                + "' AND sequence IN (SELECT entry FROM audit.reason"
                                + " WHERE words = 'the invoice is there now')"))
                .isOne();
    }

    @Test
    void an_event_that_is_under_way_is_not_replayed() {
        UUID id = floor.keep("evt_m1", "invoice.created", "in_m", VERSION);
        Leased busy = claim(1).getFirst();

        assertThat(floor.inbox().replay(id, Actor.system("test"), "too soon")).isFalse();

        assertThat(settledBy(busy)).isTrue();
    }

    @Test
    void many_are_replayed_by_what_they_have_in_common() {
        for (int i = 0; i < 5; i++) {
            floor.keep("evt_n" + i, "foreign.kind", "in_n" + i, "");
        }
        floor.apply();
        EventFilter ignored = new EventFilter(Acme.NAME, "shop", "ignored", "foreign.kind", null);

        assertThat(floor.inbox().replay(ignored, Actor.system("test"), "handled now"))
                .isEqualTo(5);
        assertThat(floor.inbox().replay(ignored, Actor.system("test"), "handled now"))
                .isZero();
        floor.apply();

        assertThat(count(
                        "inbox.attempt",
                        "number = 2 AND event_id IN " + "(SELECT id FROM inbox.event WHERE kind = 'foreign.kind')"))
                .isEqualTo(5);
        assertThatThrownBy(() -> floor.inbox()
                        .replay(new EventFilter(null, null, null, null, null), Actor.system("test"), "all"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(count("audit.entry", "action = 'events.replayed'")).isOne();
    }

    @Test
    void what_came_cannot_be_changed() {
        UUID id = floor.keep("evt_o1", "other.kind", "in_o", "");
        floor.apply();

        assertThatThrownBy(() -> floor.floors()
                        .sql()
                        .sql("UPDATE inbox.event SET kind = 'x' WHERE id = :id")
                        .param("id", id)
                        .update())
                .hasMessageContaining("is what came in");
    }

    private void drain(Workbench node, List<UUID> ids) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    node.applyDue(Duration.ofSeconds(1));
                    return ids.stream().allMatch(id -> floor.event(id).state().equals("applied"));
                });
    }

    private List<Leased> claim(int limit) {
        return Objects.requireNonNull(floor.floors().transactions().execute(status -> {
            WorkStore store = floor.floors().bean(WorkStore.class);
            store.awaitTurnToClaim();
            return store.claim(Set.of(Acme.NAME), floor.floors().clock().instant(), limit);
        }));
    }

    private boolean settledBy(Leased leased) {
        Instant now = floor.floors().clock().instant();
        Attempt attempt = new Attempt(leased.attempts(), now, Duration.ZERO, new Result(Result.Kind.APPLIED, ""));
        return floor.floors().bean(WorkStore.class).settle(leased, attempt, "applied", null, now);
    }

    private void expireLeases() {
        floor.floors()
                .sql()
                .sql("UPDATE inbox.work SET leased_until = now() - interval '1 second' WHERE lease IS NOT NULL")
                .update();
    }

    private long count(String table, String condition) {
        return floor.floors()
                .sql()
                .sql("SELECT count(*) FROM " + table + " WHERE " + condition)
                .query(Long.class)
                .single();
    }

    private List<@Nullable String> transactions(String table, String condition) {
        return floor.floors()
                .sql()
                .sql("SELECT xmin::text FROM " + table + " WHERE " + condition)
                .query(String.class)
                .list();
    }
}
