package io.bursar.inbox;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The way of events from waiting to settled. What is due goes by our clock, leases go by the database's. */
@Component
class WorkStore {
    /** Longer than a handler may take to ask its provider; a lease that old belongs to a node that died. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    /** How far past what it can take a claim looks: many events about one subject give it only one. */
    private static final int LOOK_AHEAD = 8;

    private final JdbcClient jdbc;

    WorkStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Lets one node at a time claim, until the end of the caller's transaction: each sees the leases of all others,
     * which is what keeps two events about one subject apart.
     */
    void awaitTurnToClaim() {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('bursar inbox claim', 0))")
                .query((row, number) -> true)
                .single();
    }

    /** Leases due events of these providers, at most one about each subject and none about a subject that is leased. */
    List<Leased> claim(Collection<String> providers, Instant now, int limit) {
        return jdbc.sql("""
                WITH due AS MATERIALIZED (
                  SELECT w.event_id, w.provider, w.account, w.subject, w.next_attempt_at
                  FROM inbox.work AS w
                  WHERE w.state = 'waiting' AND w.next_attempt_at <= :now AND w.provider IN (:providers)
                    AND (w.lease IS NULL OR w.leased_until < clock_timestamp())
                    AND NOT EXISTS (
                      SELECT FROM inbox.work AS busy
                      WHERE busy.provider = w.provider AND busy.account = w.account AND busy.subject = w.subject
                        AND busy.lease IS NOT NULL AND busy.event_id <> w.event_id)
                  ORDER BY w.next_attempt_at, w.event_id
                  LIMIT :look
                  FOR UPDATE OF w SKIP LOCKED
                ), chosen AS (
                  SELECT event_id FROM (
                    SELECT DISTINCT ON (provider, account, subject) event_id, next_attempt_at
                    FROM due ORDER BY provider, account, subject, next_attempt_at, event_id) AS first
                  ORDER BY next_attempt_at, event_id
                  LIMIT :limit
                )
                UPDATE inbox.work AS w
                SET lease = gen_random_uuid(), leased_until = clock_timestamp() + make_interval(secs => :lease),
                  attempts = w.attempts + 1, step = w.step + 1
                FROM chosen, inbox.event AS e
                WHERE w.event_id = chosen.event_id AND e.id = chosen.event_id
                RETURNING w.lease, old.lease IS NOT NULL AS lost, w.attempts, w.step, e.id, e.provider, e.account,
                  e.external_id, e.kind, e.subject, e.body, e.received_at
                """)
                .param("now", Sql.time(now))
                .param("providers", providers)
                .param("look", limit * LOOK_AHEAD)
                .param("limit", limit)
                .param("lease", LEASE.toSeconds())
                .query((row, number) -> leased(row))
                .list();
    }

    /**
     * Holds the event until the end of the caller's transaction. False when the lease was lost meanwhile. While it is
     * held nobody else can lease it, however long that takes.
     */
    boolean hold(Leased leased) {
        return jdbc.sql("SELECT 1 FROM inbox.work WHERE event_id = :id AND lease = :lease FOR UPDATE")
                .param("id", leased.event().id())
                .param("lease", leased.lease())
                .query((row, number) -> true)
                .optional()
                .isPresent();
    }

    /** One attempt as it is kept. */
    record Attempt(int number, Instant at, Duration duration, Result result) {}

    /**
     * Writes down an attempt and what the event became by it.
     *
     * @return false when the lease was lost meanwhile: whoever has it now tells
     */
    boolean settle(Leased leased, Attempt attempt, String state, @Nullable Instant nextAttemptAt, Instant now) {
        boolean ours = jdbc.sql("""
                UPDATE inbox.work
                SET state = :state, next_attempt_at = :next, lease = NULL, leased_until = NULL, result = :result,
                  detail = :detail, last_attempt_at = :at, settled_at = :settled
                WHERE event_id = :id AND lease = :lease
                """)
                        .param("state", state)
                        .param("next", Sql.timeOrNull(nextAttemptAt))
                        .param("result", attempt.result().word())
                        .param("detail", attempt.result().detail())
                        .param("at", Sql.time(attempt.at()))
                        .param("settled", attempt.result().settled() ? Sql.time(now) : null)
                        .param("id", leased.event().id())
                        .param("lease", leased.lease())
                        .update()
                == 1;
        if (ours) {
            insert(leased.event().id(), attempt);
        }
        return ours;
    }

    void insert(UUID eventId, Attempt attempt) {
        jdbc.sql("""
                INSERT INTO inbox.attempt (event_id, number, at, duration_ms, result, detail)
                VALUES (:id, :number, :at, :duration, :result, :detail)
                ON CONFLICT DO NOTHING
                """)
                .param("id", eventId)
                .param("number", attempt.number())
                .param("at", Sql.time(attempt.at()))
                .param("duration", (int) Math.min(attempt.duration().toMillis(), Integer.MAX_VALUE))
                .param("result", attempt.result().word())
                .param("detail", attempt.result().detail())
                .update();
    }

    private static Leased leased(ResultSet row) throws SQLException {
        InboxEvent event = new InboxEvent(
                row.getObject("id", UUID.class),
                row.getString("provider"),
                row.getString("account"),
                row.getString("external_id"),
                row.getString("kind"),
                row.getString("subject"),
                row.getBytes("body"),
                Sql.instant(row, "received_at"));
        return new Leased(
                event,
                row.getObject("lease", UUID.class),
                row.getInt("attempts"),
                row.getInt("step"),
                row.getBoolean("lost"));
    }
}
