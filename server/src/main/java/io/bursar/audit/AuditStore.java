package io.bursar.audit;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class AuditStore {
    private static final String FIELDS = "sequence, at, actor, action, subject, before, after, reason, request_id";
    private static final String FILTER = """
            (:subject::text IS NULL OR subject = :subject) AND (:actor::text IS NULL OR actor = :actor)
            AND (:action::text IS NULL OR starts_with(action, :action))
            """;

    private final JdbcClient jdbc;

    AuditStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(AuditEntry entry) {
        jdbc.sql("""
                INSERT INTO audit.entry (at, actor, action, subject, before, after, reason, request_id)
                VALUES (:at, :actor, :action, :subject, :before::jsonb, :after::jsonb, :reason, :requestId)
                """)
                .param("at", Sql.time(entry.at()))
                .param("actor", entry.actor())
                .param("action", entry.action())
                .param("subject", entry.subject())
                .param("before", entry.before())
                .param("after", entry.after())
                .param("reason", entry.reason())
                .param("requestId", entry.requestId())
                .update();
    }

    List<AuditEntry> newest(AuditFilter filter, long below, int limit) {
        return jdbc.sql("SELECT " + FIELDS + " FROM audit.entry WHERE sequence < :below AND " + FILTER
                        + " ORDER BY sequence DESC LIMIT :limit")
                .params(filter(filter))
                .param("below", below)
                .param("limit", limit)
                .query(AuditStore::entry)
                .list();
    }

    long count(AuditFilter filter) {
        return jdbc.sql("SELECT count(*) FROM audit.entry WHERE " + FILTER)
                .params(filter(filter))
                .query(Long.class)
                .single();
    }

    /** One node extends the chain at a time; false when another is at it. The lock ends with the transaction. */
    boolean lockChain() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtext('audit.link'))")
                .query(Boolean.class)
                .single();
    }

    Optional<AuditLink> lastLink() {
        return jdbc.sql("SELECT position, entry, hash FROM audit.link ORDER BY position DESC LIMIT 1")
                .query(AuditStore::link)
                .optional();
    }

    /** Committed entries without a link, among the newest {@code window}: see {@link AuditChain}. */
    List<AuditEntry> unlinked(long window, int limit) {
        return jdbc.sql("SELECT " + FIELDS + """
                 FROM audit.entry e
                WHERE sequence > (SELECT coalesce(max(entry), 0) - :window FROM audit.link)
                  AND NOT EXISTS (SELECT FROM audit.link l WHERE l.entry = e.sequence)
                ORDER BY sequence LIMIT :limit
                """)
                .param("window", window)
                .param("limit", limit)
                .query(AuditStore::entry)
                .list();
    }

    void insertLink(AuditLink link) {
        jdbc.sql("INSERT INTO audit.link (position, entry, hash) VALUES (:position, :entry, :hash)")
                .param("position", link.position())
                .param("entry", link.entry())
                .param("hash", link.hash())
                .update();
    }

    List<AuditLink> links(long after, int limit) {
        return jdbc.sql("""
                SELECT position, entry, hash FROM audit.link WHERE position > :after ORDER BY position LIMIT :limit
                """)
                .param("after", after)
                .param("limit", limit)
                .query(AuditStore::link)
                .list();
    }

    List<AuditEntry> entriesLinked(long afterPosition, int limit) {
        return jdbc.sql("SELECT " + FIELDS + """
                 FROM audit.link l JOIN audit.entry e ON e.sequence = l.entry
                WHERE l.position > :after ORDER BY l.position LIMIT :limit
                """)
                .param("after", afterPosition)
                .param("limit", limit)
                .query(AuditStore::entry)
                .list();
    }

    Optional<AuditEntry> firstUnlinkedBefore(Instant instant) {
        return jdbc.sql("SELECT " + FIELDS + """
                 FROM audit.entry e
                WHERE at < :at AND NOT EXISTS (SELECT FROM audit.link l WHERE l.entry = e.sequence)
                ORDER BY sequence LIMIT 1
                """)
                .param("at", Sql.time(instant))
                .query(AuditStore::entry)
                .optional();
    }

    private static Map<String, @Nullable Object> filter(AuditFilter filter) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("subject", filter.subject());
        values.put("actor", filter.actor());
        values.put("action", filter.action());
        return values;
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getLong("sequence"),
                Sql.instant(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("before"),
                row.getString("after"),
                row.getString("reason"),
                row.getString("request_id"));
    }

    private static AuditLink link(ResultSet row, int number) throws SQLException {
        return new AuditLink(row.getLong("position"), row.getLong("entry"), row.getBytes("hash"));
    }
}
