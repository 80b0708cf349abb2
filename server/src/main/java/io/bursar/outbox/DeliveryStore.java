package io.bursar.outbox;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Events, and the way of their deliveries from due to settled. */
@Component
class DeliveryStore {
    /** Longer than an attempt can last; a lease that old belongs to a node that died. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final JdbcClient jdbc;

    DeliveryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insertEvent(UUID id, String owner, String type, String subject, String payload, Instant now) {
        jdbc.sql("""
                INSERT INTO outbox.event (id, owner, type, subject, payload, created_at)
                VALUES (:id, :owner, :type, :subject, :payload, :now)
                """)
                .param("id", id)
                .param("owner", owner)
                .param("type", type)
                .param("subject", subject)
                .param("payload", payload)
                .param("now", Sql.time(now))
                .update();
    }

    void insertDelivery(UUID id, UUID eventId, UUID endpointId, String owner, String subject, Instant now) {
        jdbc.sql("""
                INSERT INTO outbox.delivery
                  (id, event_id, endpoint_id, owner, subject, status, next_attempt_at, created_at)
                VALUES (:id, :event, :endpoint, :owner, :subject, 'pending', :now, :now)
                """)
                .param("id", id)
                .param("event", eventId)
                .param("endpoint", endpointId)
                .param("owner", owner)
                .param("subject", subject)
                .param("now", Sql.time(now))
                .update();
    }

    /**
     * Leases due deliveries, endpoint by endpoint in an order of chance so that none is always last, and of each no
     * more than it may have in flight: {@code perEndpointMax}, or one while it is failing. Two nodes at the same moment
     * may together exceed that bound for a while; never do they take the same delivery.
     *
     * @param endpointId the only endpoint to look at, null for all
     */
    List<Claimed> claim(Instant now, int limit, int perEndpointMax, @Nullable UUID endpointId) {
        return jdbc.sql("""
                WITH due AS MATERIALIZED (
                  SELECT found.id
                  FROM (
                    SELECT id, failing_since FROM outbox.endpoint
                    WHERE disabled_at IS NULL AND (CAST(:endpoint AS uuid) IS NULL OR id = :endpoint)
                    ORDER BY random()
                  ) AS e
                  CROSS JOIN LATERAL (
                    SELECT d.id FROM outbox.delivery AS d
                    WHERE d.endpoint_id = e.id AND d.status = 'pending' AND d.next_attempt_at <= :now
                      AND (d.leased_until IS NULL OR d.leased_until < clock_timestamp())
                    ORDER BY d.next_attempt_at, d.id
                    LIMIT (SELECT greatest(0,
                             CASE WHEN e.failing_since IS NULL THEN :perEndpoint ELSE 1 END - count(*))
                           FROM outbox.delivery AS busy
                           WHERE busy.endpoint_id = e.id AND busy.status = 'pending'
                             AND busy.next_attempt_at <= :now AND busy.leased_until >= clock_timestamp())
                    FOR UPDATE SKIP LOCKED
                  ) AS found
                  LIMIT :limit
                )
                UPDATE outbox.delivery AS d
                SET lease = gen_random_uuid(), leased_until = clock_timestamp() + make_interval(secs => :lease)
                FROM due, outbox.event AS v, outbox.endpoint AS e
                WHERE d.id = due.id AND v.id = d.event_id AND e.id = d.endpoint_id
                RETURNING d.id, d.lease, d.event_id, d.endpoint_id, d.owner, d.attempts, d.step, d.round_began_at,
                  v.payload, e.url, e.secret_sealed, e.previous_secret_sealed, e.previous_secret_until
                """)
                .param("now", Sql.time(now))
                .param("limit", limit)
                .param("perEndpoint", perEndpointMax)
                .param("endpoint", endpointId)
                .param("lease", LEASE.toSeconds())
                .query((row, index) -> claimed(row))
                .list();
    }

    /** One attempt as it is kept. */
    record Attempt(
            int number,
            Instant at,
            Duration duration,
            String url,
            String signature,
            String finding,
            @Nullable Integer responseStatus,
            String excerpt) {}

    /**
     * Writes down an attempt and what the delivery became by it.
     *
     * @return false when the lease was lost meanwhile: another node has the delivery and tells of it
     */
    boolean settle(
            Claimed claimed, Attempt attempt, Instant roundBeganAt, String status, @Nullable Instant nextAttemptAt) {
        int updated = jdbc.sql("""
                UPDATE outbox.delivery
                SET status = :status, attempts = :number, step = step + 1, round_began_at = :roundBeganAt,
                  next_attempt_at = :next, lease = NULL, leased_until = NULL, finding = :finding,
                  response_status = :responseStatus, last_attempt_at = :at
                WHERE id = :id AND lease = :lease
                """)
                .param("status", status)
                .param("number", attempt.number())
                .param("roundBeganAt", Sql.time(roundBeganAt))
                .param("next", Sql.timeOrNull(nextAttemptAt))
                .param("finding", attempt.finding())
                .param("responseStatus", attempt.responseStatus())
                .param("at", Sql.time(attempt.at()))
                .param("id", claimed.deliveryId())
                .param("lease", claimed.lease())
                .update();
        if (updated == 0) {
            return false;
        }
        jdbc.sql("""
                INSERT INTO outbox.attempt
                  (delivery_id, number, at, duration_ms, url, signature, finding, response_status, excerpt)
                VALUES (:id, :number, :at, :duration, :url, :signature, :finding, :responseStatus, :excerpt)
                """)
                .param("id", claimed.deliveryId())
                .param("number", attempt.number())
                .param("at", Sql.time(attempt.at()))
                .param("duration", (int) attempt.duration().toMillis())
                .param("url", attempt.url())
                .param("signature", attempt.signature())
                .param("finding", attempt.finding())
                .param("responseStatus", attempt.responseStatus())
                .param("excerpt", attempt.excerpt())
                .update();
        return true;
    }

    /** Begins a new round for a delivery. False when there is none, or it is being sent at this moment. */
    boolean replay(UUID deliveryId, Instant now) {
        return jdbc.sql("""
                UPDATE outbox.delivery
                SET status = 'pending', step = 0, round_began_at = NULL, next_attempt_at = :now,
                  lease = NULL, leased_until = NULL
                WHERE id = :id AND (leased_until IS NULL OR leased_until < clock_timestamp())
                """).param("now", Sql.time(now)).param("id", deliveryId).update() > 0;
    }

    private static Claimed claimed(ResultSet row) throws SQLException {
        UUID endpointId = row.getObject("endpoint_id", UUID.class);
        return new Claimed(
                row.getObject("id", UUID.class),
                row.getObject("lease", UUID.class),
                row.getObject("event_id", UUID.class),
                endpointId,
                row.getString("owner"),
                row.getString("url"),
                row.getString("payload"),
                row.getInt("attempts"),
                row.getInt("step"),
                Sql.instantOrNull(row, "round_began_at"),
                new SealedSecrets(
                        endpointId,
                        row.getBytes("secret_sealed"),
                        row.getBytes("previous_secret_sealed"),
                        Sql.instantOrNull(row, "previous_secret_until")));
    }
}
