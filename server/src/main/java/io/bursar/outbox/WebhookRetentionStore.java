package io.bursar.outbox;

import io.bursar.platform.Retention;
import io.bursar.platform.Sql;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deletes events that nobody is waiting for any more, with their deliveries. What is still to be delivered stays. */
@Component
class WebhookRetentionStore {
    private static final String OLD = """
            e.created_at < :before AND NOT EXISTS (
              SELECT FROM outbox.delivery AS d
              WHERE d.event_id = e.id AND (d.status = 'pending' OR d.last_attempt_at >= :before))
            """;

    private final JdbcClient jdbc;

    WebhookRetentionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A delivery that is replayed at this very moment fails the batch by its foreign key, and is not lost. */
    int delete(Instant before, int rowsMax) {
        return jdbc.sql("""
                WITH due AS (
                  SELECT e.id FROM outbox.event AS e
                  WHERE %s
                  ORDER BY e.created_at LIMIT :rows FOR UPDATE SKIP LOCKED
                ), settled AS (
                  SELECT id FROM outbox.delivery
                  WHERE event_id = ANY (ARRAY(SELECT id FROM due)) AND status <> 'pending'
                ), attempts AS (
                  DELETE FROM outbox.attempt WHERE delivery_id = ANY (ARRAY(SELECT id FROM settled))
                ), deliveries AS (
                  DELETE FROM outbox.delivery WHERE id = ANY (ARRAY(SELECT id FROM settled)) AND status <> 'pending'
                )
                DELETE FROM outbox.event WHERE id = ANY (ARRAY(SELECT id FROM due))
                """.formatted(OLD))
                .param("before", Sql.time(before))
                .param("rows", rowsMax)
                .update();
    }

    Retention.Overdue past(Instant before) {
        return jdbc.sql("SELECT count(*) AS rows, min(e.created_at) AS oldest FROM outbox.event AS e WHERE " + OLD)
                .param("before", Sql.time(before))
                .query(Retention.Overdue::of)
                .single();
    }
}
