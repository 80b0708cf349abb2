package io.bursar.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Repository;
import io.bursar.TestBursar;
import io.bursar.platform.Retention;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deleted when it is old, and what never is. */
class RetentionTest {
    private final TestBursar bursar = TestBursar.shared();
    private final String mark = UUID.randomUUID().toString();

    @Test
    void an_ended_session_goes_after_fourteen_days_and_a_living_one_never() {
        session("ended long ago", 15);
        session("ended", 13);
        session("alive", -1);

        purge();

        assertThat(rows("identity.session", "portal = 'retention' AND holder_id = '" + mark + "'::uuid"))
                .isEqualTo(2);
        assertThat(rows("identity.session", "holder_id = '" + mark + "'::uuid AND expires_at < " + daysAgo(14)))
                .isZero();
    }

    @Test
    void a_lock_goes_after_seven_days_and_one_in_force_never() {
        lock(1, daysAgo(8), "NULL");
        lock(2, daysAgo(6), "NULL");
        lock(3, daysAgo(8), daysAgo(-1));
        lock(4, daysAgo(30), daysAgo(8));

        purge();

        assertThat(bursar.sql()
                        .sql("SELECT failures FROM identity.login_lock WHERE account_digest = sha256(:mark::bytea)")
                        .param("mark", mark)
                        .query(Integer.class)
                        .list())
                .containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void counters_and_codes_and_lines_go_at_their_time_and_not_before() {
        for (int days : List.of(8, 6)) {
            owner("INSERT INTO identity.rate_limit_bucket (route_class, client_digest, minute, taken) VALUES ('" + mark
                    + "', sha256('x'), " + daysAgo(days) + ", 1)");
        }
        for (int days : List.of(91, 89)) {
            owner("INSERT INTO errorlog.entry (at, code, message, subject) VALUES (" + daysAgo(days)
                    + ", 'retention', 'x', '" + mark + "')");
            owner("""
                    INSERT INTO mail.message (id, kind, recipient, subject, state, queued_at, next_try_at, finished_at)
                    VALUES (gen_random_uuid(), 'test', '%s', 'x', 'sent', %2$s, %2$s, %2$s)
                    """.formatted(mark, daysAgo(days)));
        }
        owner("""
                INSERT INTO mail.message (id, kind, recipient, subject, body_sealed, state, queued_at, next_try_at)
                VALUES (gen_random_uuid(), 'test', '%s', 'x', '\\x00', 'queued', %s, %s)
                """.formatted(mark, daysAgo(200), daysAgo(-200)));

        purge();

        assertThat(rows("identity.rate_limit_bucket", "route_class = '" + mark + "'"))
                .isEqualTo(1);
        assertThat(rows("errorlog.entry", "subject = '" + mark + "'")).isEqualTo(1);
        assertThat(rows("mail.message", "recipient = '" + mark + "'"))
                .as("one lately sent, one still queued")
                .isEqualTo(2);
        owner("DELETE FROM mail.message WHERE recipient = '" + mark + "'");
    }

    @Test
    void a_settled_event_goes_after_ninety_days_with_its_attempts_and_what_waits_or_is_parked_stays() {
        event("old", "applied", daysAgo(91));
        event("young", "ignored", daysAgo(89));
        event("parked", "parked", "NULL");

        purge();

        assertThat(bursar.sql()
                        .sql("SELECT external_id FROM inbox.event WHERE account = :mark")
                        .param("mark", mark)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("young", "parked");
        assertThat(rows("inbox.attempt", "detail = '" + mark + "'")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delivered", "failed"})
    void a_webhook_event_goes_after_ninety_days_once_nobody_waits_for_it(String status) {
        UUID endpoint = UUID.randomUUID();
        owner("""
                INSERT INTO outbox.endpoint (id, owner, url, secret_sealed, secret_fingerprint, secret_made_at,
                  created_at) VALUES ('%s', '%s', 'https://x.example', '\\x00', '00000000', now(), now())
                """.formatted(endpoint, mark));
        webhook(endpoint, "old", 91, status, daysAgo(91));
        webhook(endpoint, "tried lately", 91, status, daysAgo(89));
        webhook(endpoint, "pending", 91, "pending", daysAgo(91));

        purge();

        assertThat(bursar.sql()
                        .sql("SELECT subject FROM outbox.event WHERE owner = :mark")
                        .param("mark", mark)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("tried lately", "pending");
        assertThat(rows("outbox.attempt", "url = '" + mark + "'")).isEqualTo(2);
    }

    @Test
    void what_somebody_holds_is_passed_over_and_goes_the_next_time() {
        session("held", 20);
        session("free", 20);
        bursar.bean(org.springframework.transaction.support.TransactionTemplate.class)
                .executeWithoutResult(status -> {
                    bursar.sql()
                            .sql("""
                                    SELECT 1 FROM identity.session WHERE holder_id = :mark::uuid
                                    ORDER BY token_digest LIMIT 1 FOR UPDATE
                                    """)
                            .param("mark", mark)
                            .query(Integer.class)
                            .single();
                    Thread purging = Thread.ofVirtual().start(this::purge);
                    try {
                        assertThat(purging.join(Duration.ofSeconds(20))).isTrue();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    assertThat(rows("identity.session", "holder_id = '" + mark + "'::uuid"))
                            .isEqualTo(1);
                });

        purge();

        assertThat(rows("identity.session", "holder_id = '" + mark + "'::uuid")).isZero();
    }

    @Test
    void the_documents_list_what_is_purged_and_when() {
        String documents = Repository.text("docs/OPERATING.md");
        assertThat(bursar.context().getBeansOfType(Retention.class).values())
                .hasSizeGreaterThan(10)
                .allSatisfy(retention -> assertThat(documents)
                        .containsPattern("\\| `" + retention.name() + "`[^|]*\\| "
                                + retention.kept().toDays() + " days? \\|"));
    }

    private void purge() {
        bursar.run("purge-expired");
    }

    private void session(String token, int endedDaysAgo) {
        owner("""
                INSERT INTO identity.session (token_digest, portal, holder_id, created_at, expires_at, last_seen_at,
                  proven_at)
                VALUES (sha256('%s'), 'retention', '%s', %3$s - interval '14 days', %3$s, %3$s, %3$s)
                """.formatted(token + mark, mark, daysAgo(endedDaysAgo)));
    }

    private void lock(int failures, String updated, String lockedUntil) {
        owner("""
                INSERT INTO identity.login_lock (account_digest, client_digest, failures, locked_until, updated_at)
                VALUES (sha256('%s'), sha256('%d'), %2$d, %4$s, %3$s)
                """.formatted(mark, failures, updated, lockedUntil));
    }

    private void event(String name, String state, String settled) {
        UUID id = UUID.randomUUID();
        owner("""
                INSERT INTO inbox.event (id, provider, account, external_id, kind, subject, verdict, headers, body,
                  received_at)
                VALUES ('%s', 'acme', '%s', '%s', 'kind', 'subject', 'signed', '{}', '{}', %s)
                """.formatted(id, mark, name, daysAgo(100)));
        owner("""
                INSERT INTO inbox.work (event_id, provider, account, subject, state, settled_at)
                VALUES ('%s', 'acme', '%s', 'subject', '%s', %s)
                """.formatted(id, mark, state, settled));
        owner("INSERT INTO inbox.attempt VALUES ('%s', 1, %s, 5, 'applied', '%s')".formatted(id, daysAgo(91), mark));
    }

    private void webhook(UUID endpoint, String subject, int createdDaysAgo, String status, String attempted) {
        UUID event = UUID.randomUUID();
        owner("""
                INSERT INTO outbox.event (id, owner, type, subject, payload, created_at)
                VALUES ('%s', '%s', 'a.b', '%s', '{}', %s)
                """.formatted(event, mark, subject, daysAgo(createdDaysAgo)));
        UUID delivery = UUID.randomUUID();
        owner("""
                INSERT INTO outbox.delivery (id, event_id, endpoint_id, owner, subject, status, created_at,
                  last_attempt_at, next_attempt_at)
                VALUES ('%s', '%s', '%s', '%s', '%s', '%s', %s, %s, %s)
                """.formatted(
                        delivery,
                        event,
                        endpoint,
                        mark,
                        subject,
                        status,
                        daysAgo(createdDaysAgo),
                        attempted,
                        status.equals("pending") ? daysAgo(-1_000) : "NULL"));
        owner("INSERT INTO outbox.attempt (delivery_id, number, at, duration_ms, url, signature, finding, excerpt) "
                + "VALUES ('%s', 1, %s, 5, '%s', 's', 'f', '')".formatted(delivery, attempted, mark));
    }

    private long rows(String table, String where) {
        return bursar.sql()
                .sql("SELECT count(*) FROM " + table + " WHERE " + where)
                .query(Long.class)
                .single();
    }

    private void owner(String sql) {
        bursar.ownerSql().sql(sql).update();
    }

    /** By the clock of the product, which other tests push ahead. */
    private String daysAgo(int days) {
        Instant then = bursar.clock().instant().minus(Duration.ofDays(days));
        return "'" + Timestamp.from(then).toInstant() + "'::timestamptz";
    }
}
