package io.bursar.outbox;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Events, and the way of their deliveries from due to leased. */
@Component
class DeliveryStore {
    private static final String CLAIM = """
            WITH looked AS MATERIALIZED (
              SELECT id, failing_since IS NOT NULL AS failing,
                CASE WHEN id = ANY (CAST(:proven AS uuid[])) THEN :wide ELSE :narrow END AS most
              FROM outbox.endpoint
              WHERE disabled_at IS NULL AND (:anywhere OR id = ANY (CAST(:look AS uuid[])))
                AND NOT id = ANY (CAST(:served AS uuid[]))
              ORDER BY random()
            ), due AS MATERIALIZED (
              SELECT found.id
              FROM looked CROSS JOIN LATERAL (
                SELECT d.id FROM outbox.delivery AS d
                WHERE d.endpoint_id = looked.id AND d.status = 'pending' AND d.next_attempt_at <= :now
                  AND (d.leased_until IS NULL OR d.leased_until < clock_timestamp())
                ORDER BY d.next_attempt_at, d.id
                LIMIT looked.most
                FOR UPDATE SKIP LOCKED
              ) AS found
              WHERE NOT looked.failing
              LIMIT :limit
            ), probes AS MATERIALIZED (
              SELECT d.id
              FROM looked CROSS JOIN LATERAL (
                SELECT id FROM outbox.delivery
                WHERE endpoint_id = looked.id AND status = 'pending' AND next_attempt_at <= :now
                ORDER BY next_attempt_at, id
                LIMIT 1
              ) AS first
              JOIN outbox.delivery AS d ON d.id = first.id
              WHERE looked.failing AND d.status = 'pending' AND d.next_attempt_at <= :now
                AND (d.leased_until IS NULL OR d.leased_until < clock_timestamp())
              LIMIT greatest(1, :limit / 2)
              FOR UPDATE OF d SKIP LOCKED
            ), chosen AS (
              SELECT id FROM probes UNION ALL SELECT id FROM due LIMIT :limit
            )
            UPDATE outbox.delivery AS d
            SET lease = gen_random_uuid(), leased_until = clock_timestamp() + make_interval(secs => :lease)
            FROM chosen, outbox.event AS v, outbox.endpoint AS e
            WHERE d.id = chosen.id AND v.id = d.event_id AND e.id = d.endpoint_id
            RETURNING d.id, d.lease, d.event_id, d.endpoint_id, d.owner, d.attempts, d.step, d.round_began_at,
              v.payload, e.url, e.secret_sealed, e.previous_secret_sealed, e.previous_secret_until,
              e.failing_since IS NOT NULL AS probe
            """;

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
     * Leases due deliveries, endpoint by endpoint in an order of chance so that none is always last. Of each no more
     * than its line on this node should hold; of an endpoint that is failing only the delivery that is due first, so
     * that there is one at a time however many nodes look.
     *
     * @param served endpoints that have enough on this node
     * @param proven endpoints that have shown to take much
     */
    List<Claimed> claim(Instant now, int limit, Due.Look look, Set<UUID> served, Set<UUID> proven) {
        long leasedAt = System.nanoTime();
        return jdbc.sql(CLAIM)
                .param("now", Sql.time(now))
                .param("limit", limit)
                .param("anywhere", look.anywhere())
                .param("look", array(look.endpoints()))
                .param("served", array(served))
                .param("proven", array(proven))
                .param("wide", Line.LEASED_MAX)
                .param("narrow", Line.LEASED_UNPROVEN_MAX)
                .param("lease", Claimed.LEASE.toSeconds())
                .query((row, index) -> claimed(row, leasedAt))
                .list();
    }

    /** Ends leases without an attempt. */
    void giveBack(List<Claimed> claimed) {
        jdbc.sql("""
                UPDATE outbox.delivery AS d SET lease = NULL, leased_until = NULL
                FROM unnest(CAST(:ids AS uuid[]), CAST(:leases AS uuid[])) AS given (id, lease)
                WHERE d.id = given.id AND d.lease = given.lease
                """)
                .param("ids", array(claimed.stream().map(Claimed::deliveryId).toList()))
                .param("leases", array(claimed.stream().map(Claimed::lease).toList()))
                .update();
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

    private static String array(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static Claimed claimed(ResultSet row, long leasedAt) throws SQLException {
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
                        Sql.instantOrNull(row, "previous_secret_until")),
                row.getBoolean("probe"),
                leasedAt);
    }
}
