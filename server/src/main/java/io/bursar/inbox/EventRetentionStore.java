package io.bursar.inbox;

import io.bursar.platform.Retention;
import io.bursar.platform.Sql;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deletes events that were settled long ago, with all that hangs on them. What waits or is parked stays. */
@Component
class EventRetentionStore {
    private final JdbcClient jdbc;

    EventRetentionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    int delete(Instant before, int rowsMax) {
        return jdbc.sql("""
                WITH due AS (
                  SELECT event_id FROM inbox.work
                  WHERE settled_at < :before ORDER BY settled_at LIMIT :rows FOR UPDATE SKIP LOCKED
                ), attempts AS (
                  DELETE FROM inbox.attempt WHERE event_id = ANY (ARRAY(SELECT event_id FROM due))
                ), work AS (
                  DELETE FROM inbox.work WHERE event_id = ANY (ARRAY(SELECT event_id FROM due))
                ), gone AS (
                  DELETE FROM inbox.event WHERE id = ANY (ARRAY(SELECT event_id FROM due))
                  RETURNING provider, account, external_id
                ), remembered AS (
                  INSERT INTO inbox.purged (name)
                  SELECT inbox.name_of(provider, account, external_id) FROM gone
                  ON CONFLICT DO NOTHING
                )
                SELECT count(*) FROM gone
                """)
                .param("before", Sql.time(before))
                .param("rows", rowsMax)
                .query(Integer.class)
                .single();
    }

    Retention.Overdue past(Instant before) {
        return jdbc.sql("""
                SELECT count(*) AS rows, min(settled_at) AS oldest FROM inbox.work WHERE settled_at < :before
                """)
                .param("before", Sql.time(before))
                .query(Retention.Overdue::of)
                .single();
    }
}
