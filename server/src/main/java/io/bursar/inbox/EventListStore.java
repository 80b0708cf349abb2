package io.bursar.inbox;

import io.bursar.platform.Page;
import io.bursar.platform.Sql;
import io.bursar.shared.IdText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Events as they are looked at and begun anew. */
@Component
class EventListStore {
    private static final String VIEW = """
            SELECT e.id, e.provider, e.account, e.external_id, e.kind, e.subject, e.verdict, e.received_at,
              w.state, w.attempts, w.result, w.detail, w.last_attempt_at, w.next_attempt_at,
              w.lease IS NOT NULL AND w.leased_until >= clock_timestamp() AS under_way
            FROM inbox.event AS e
            JOIN inbox.work AS w ON w.event_id = e.id
            """;
    private static final String MATCHES = """
            WHERE (CAST(:provider AS text) IS NULL OR e.provider = :provider)
              AND (CAST(:account AS text) IS NULL OR e.account = :account)
              AND (CAST(:state AS text) IS NULL OR w.state = :state)
              AND (CAST(:kind AS text) IS NULL OR e.kind = :kind)
              AND (CAST(:subject AS text) IS NULL OR w.subject = :subject)
            """;

    private final JdbcClient jdbc;

    EventListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Newest first. A cursor that is none of ours begins at the beginning. */
    Page<EventView> page(EventFilter filter, @Nullable String cursor, int limit) {
        UUID before = cursor == null ? null : IdText.parse("ine", cursor).orElse(null);
        List<EventView> rows = matching(VIEW + MATCHES + """
                  AND (CAST(:before AS uuid) IS NULL OR e.id < :before)
                ORDER BY e.id DESC LIMIT :limit
                """, filter)
                .param("before", before)
                .param("limit", limit + 1)
                .query((row, number) -> view(row))
                .list();
        return Page.of(rows, limit, EventView::idText);
    }

    long count(EventFilter filter) {
        return matching(
                        "SELECT count(*) FROM inbox.event AS e JOIN inbox.work AS w ON w.event_id = e.id\n" + MATCHES,
                        filter)
                .query(Long.class)
                .single();
    }

    Optional<EventView> find(UUID id) {
        return jdbc.sql(VIEW + "WHERE e.id = :id")
                .param("id", id)
                .query((row, number) -> view(row))
                .optional();
    }

    /** By the id its provider gave it. */
    List<EventView> named(String externalId, int limit) {
        return jdbc.sql(VIEW + "WHERE e.external_id = :name ORDER BY e.id DESC LIMIT :limit")
                .param("name", externalId)
                .param("limit", limit)
                .query((row, number) -> view(row))
                .list();
    }

    /** What came, as it came: {@code headers} is JSON. */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they came; nobody compares these
    record Raw(String headers, byte[] body) {}

    Raw raw(UUID id) {
        return jdbc.sql("SELECT headers, body FROM inbox.event WHERE id = :id")
                .param("id", id)
                .query((row, number) -> new Raw(row.getString("headers"), row.getBytes("body")))
                .single();
    }

    record AttemptLine(int number, Instant at, long durationMs, Result result) {}

    /** Newest first, and no more than a page can show. */
    List<AttemptLine> attempts(UUID id, int limit) {
        return jdbc.sql("""
                SELECT number, at, duration_ms, result, detail
                FROM inbox.attempt WHERE event_id = :id ORDER BY number DESC LIMIT :limit
                """)
                .param("id", id)
                .param("limit", limit)
                .query((row, number) -> new AttemptLine(
                        row.getInt("number"),
                        Sql.instant(row, "at"),
                        row.getLong("duration_ms"),
                        Result.parse(row.getString("result"), row.getString("detail"))))
                .list();
    }

    /** Begins a new round. False when there is no such event, or it is being applied at this moment. */
    boolean replay(UUID id, Instant now) {
        return jdbc.sql("""
                UPDATE inbox.work
                SET state = 'waiting', step = 0, next_attempt_at = :now, settled_at = NULL,
                  lease = NULL, leased_until = NULL
                WHERE event_id = :id AND (lease IS NULL OR leased_until < clock_timestamp())
                """).param("now", Sql.time(now)).param("id", id).update() == 1;
    }

    /** Begins a new round for the oldest that match and do not wait anyway. */
    int replay(EventFilter filter, Instant now, int limit) {
        return matching("""
                UPDATE inbox.work
                SET state = 'waiting', step = 0, next_attempt_at = :now, settled_at = NULL
                WHERE event_id IN (
                  SELECT w.event_id
                  FROM inbox.event AS e
                  JOIN inbox.work AS w ON w.event_id = e.id
                """ + MATCHES + """
                    AND w.state <> 'waiting'
                  ORDER BY w.event_id LIMIT :limit FOR UPDATE OF w SKIP LOCKED)
                """, filter)
                .param("now", Sql.time(now))
                .param("limit", limit)
                .update();
    }

    private JdbcClient.StatementSpec matching(String sql, EventFilter filter) {
        return jdbc.sql(sql)
                .param("provider", filter.provider())
                .param("account", filter.account())
                .param("state", filter.state())
                .param("kind", filter.kind())
                .param("subject", filter.subject());
    }

    private static EventView view(ResultSet row) throws SQLException {
        @Nullable String result = row.getString("result");
        @Nullable String detail = row.getString("detail");
        return new EventView(
                row.getObject("id", UUID.class),
                row.getString("provider"),
                row.getString("account"),
                row.getString("external_id"),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("verdict"),
                Sql.instant(row, "received_at"),
                row.getString("state"),
                row.getInt("attempts"),
                result == null ? null : Result.parse(result, detail == null ? "" : detail),
                Sql.instantOrNull(row, "last_attempt_at"),
                Sql.instantOrNull(row, "next_attempt_at"),
                row.getBoolean("under_way"));
    }
}
