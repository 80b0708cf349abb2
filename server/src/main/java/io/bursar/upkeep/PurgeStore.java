package io.bursar.upkeep;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Purges that were asked for or made, and what each did to each kind of row. */
@Component
class PurgeStore {
    private final JdbcClient jdbc;

    PurgeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when another is waiting to begin already. */
    boolean request(UUID id, @Nullable String by, int batchRows, Instant now) {
        return jdbc.sql("""
                INSERT INTO upkeep.purge (id, requested_by, batch_rows, requested_at)
                SELECT :id, :by, :rows, :now WHERE NOT EXISTS (SELECT FROM upkeep.purge WHERE started_at IS NULL)
                """)
                        .param("id", id)
                        .param("by", by)
                        .param("rows", batchRows)
                        .param("now", Sql.time(now))
                        .update()
                == 1;
    }

    /** What a kill ended has no end of its own. */
    void endLost(Instant now) {
        jdbc.sql("""
                UPDATE upkeep.purge SET ended_at = :now, outcome = 'stopped'
                WHERE started_at IS NOT NULL AND ended_at IS NULL
                """).param("now", Sql.time(now)).update();
    }

    record Begun(UUID id, int batchRows) {}

    /** Begins the oldest that was asked for, if there is one. */
    Optional<Begun> begin(Instant now) {
        return jdbc.sql("""
                UPDATE upkeep.purge SET started_at = :now
                WHERE id = (SELECT id FROM upkeep.purge WHERE started_at IS NULL
                            ORDER BY requested_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING id, batch_rows
                """)
                .param("now", Sql.time(now))
                .query((row, number) -> new Begun(row.getObject("id", UUID.class), row.getInt("batch_rows")))
                .optional();
    }

    void deleted(UUID purge, String name, int rows, Duration took, Instant now) {
        jdbc.sql("""
                INSERT INTO upkeep.purged_rows AS p (purge_id, name, deleted, batches, longest_millis, last_at)
                VALUES (:purge, :name, :rows, 1, :millis, :now)
                ON CONFLICT (purge_id, name) DO UPDATE SET deleted = p.deleted + excluded.deleted,
                  batches = p.batches + 1, longest_millis = greatest(p.longest_millis, excluded.longest_millis),
                  last_at = excluded.last_at
                """)
                .param("purge", purge)
                .param("name", name)
                .param("rows", rows)
                .param("millis", took.toMillis())
                .param("now", Sql.time(now))
                .update();
    }

    void hindered(UUID purge, String name, String hindrance, Instant now) {
        jdbc.sql("""
                INSERT INTO upkeep.purged_rows (purge_id, name, last_at, hindrance) VALUES (:purge, :name, :now, :why)
                ON CONFLICT (purge_id, name) DO UPDATE SET hindrance = excluded.hindrance, last_at = excluded.last_at
                """)
                .param("purge", purge)
                .param("name", name)
                .param("now", Sql.time(now))
                .param("why", hindrance)
                .update();
    }

    void end(UUID purge, PurgeOutcome outcome, Instant now) {
        jdbc.sql("UPDATE upkeep.purge SET ended_at = :now, outcome = :outcome WHERE id = :id")
                .param("now", Sql.time(now))
                .param("outcome", outcome.word())
                .param("id", purge)
                .update();
    }

    List<PurgeView> newest(int limit) {
        return jdbc.sql("""
                SELECT id, requested_by, batch_rows, started_at, ended_at, outcome,
                  (SELECT coalesce(sum(deleted), 0) FROM upkeep.purged_rows WHERE purge_id = p.id) AS deleted
                FROM upkeep.purge AS p ORDER BY requested_at DESC, id DESC LIMIT :limit
                """)
                .param("limit", limit)
                .query((row, number) -> view(row))
                .list();
    }

    /** What the newest purge that came to it did to a kind of row. */
    record LastPurge(
            String name,
            long deleted,
            Duration longest,
            Instant at,
            @Nullable String hindrance) {}

    Map<String, LastPurge> last() {
        return jdbc
                .sql("""
                SELECT DISTINCT ON (name) name, deleted, longest_millis, last_at, hindrance
                FROM upkeep.purged_rows ORDER BY name, last_at DESC
                """)
                .query((row, number) -> new LastPurge(
                        row.getString("name"),
                        row.getLong("deleted"),
                        Duration.ofMillis(row.getLong("longest_millis")),
                        Sql.instant(row, "last_at"),
                        row.getString("hindrance")))
                .list()
                .stream()
                .collect(Collectors.toMap(LastPurge::name, Function.identity()));
    }

    /** How large a table is: rows about, as the database last counted them, and bytes with its indexes. */
    record Size(long rowsAbout, long bytes) {}

    Size size(String table) {
        return jdbc.sql("""
                SELECT greatest(reltuples, 0)::bigint AS rows, pg_total_relation_size(oid) AS bytes
                FROM pg_class WHERE oid = to_regclass(:table)
                """)
                .param("table", table)
                .query((row, number) -> new Size(row.getLong("rows"), row.getLong("bytes")))
                .single();
    }

    private static PurgeView view(ResultSet row) throws SQLException {
        @Nullable String outcome = row.getString("outcome");
        return new PurgeView(
                row.getObject("id", UUID.class),
                row.getString("requested_by"),
                row.getInt("batch_rows"),
                Sql.instantOrNull(row, "started_at"),
                Sql.instantOrNull(row, "ended_at"),
                outcome == null ? null : PurgeOutcome.parse(outcome),
                row.getLong("deleted"));
    }
}
