package io.bursar.audit;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class AuditStore {
    private static final String ENTRIES = """
            SELECT e.sequence, e.at, e.actor, e.action, e.subject, e.before, e.after, e.reason, e.reason_digest,
                   e.request_id, r.entry IS NULL AS reason_lost, r.salt, r.words
            FROM audit.entry e LEFT JOIN audit.reason r ON r.entry = e.sequence
            """;
    private static final String FILTER = """
            (:subject::text IS NULL OR e.subject = :subject) AND (:actor::text IS NULL OR e.actor = :actor)
            AND (:action::text IS NULL OR starts_with(e.action, :action))
            AND (:requestId::text IS NULL OR e.request_id = :requestId)
            AND (:from::timestamptz IS NULL OR e.at >= :from) AND (:before::timestamptz IS NULL OR e.at < :before)
            """;

    private static final String NAMING =
            "EXISTS (SELECT FROM unnest(:terms::text[]) AS term WHERE strpos(lower(words), term) > 0)";

    private final JdbcClient jdbc;

    AuditStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(AuditEntry entry, @Nullable Reason reason) {
        jdbc.sql("""
                WITH entry AS (
                  INSERT INTO audit.entry (at, actor, action, subject, before, after, reason_digest, request_id)
                  VALUES (:at, :actor, :action, :subject, :before::jsonb, :after::jsonb, :digest, :requestId)
                  RETURNING sequence)
                INSERT INTO audit.reason (entry, salt, words)
                SELECT sequence, :salt, :words FROM entry WHERE :words::text IS NOT NULL
                """)
                .param("at", Sql.time(entry.at()))
                .param("actor", entry.actor())
                .param("action", entry.action())
                .param("subject", entry.subject())
                .param("before", entry.before())
                .param("after", entry.after())
                .param("digest", reason == null ? null : reason.digest(), Types.BINARY)
                .param("salt", reason == null ? null : reason.salt(), Types.BINARY)
                .param("words", reason == null ? null : reason.words())
                .param("requestId", entry.requestId())
                .update();
    }

    List<AuditEntry> newest(AuditFilter filter, long below, int limit) {
        return jdbc.sql(ENTRIES + "WHERE e.sequence < :below AND " + FILTER + " ORDER BY e.sequence DESC LIMIT :limit")
                .params(filter(filter))
                .param("below", below)
                .param("limit", limit)
                .query(AuditStore::entry)
                .list();
    }

    long count(AuditFilter filter) {
        return jdbc.sql("SELECT count(*) FROM audit.entry e WHERE " + FILTER)
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
    List<Recorded> unlinked(long window, int limit) {
        return jdbc.sql(ENTRIES + """
                WHERE e.sequence > (SELECT coalesce(max(entry), 0) - :window FROM audit.link)
                  AND NOT EXISTS (SELECT FROM audit.link l WHERE l.entry = e.sequence)
                ORDER BY e.sequence LIMIT :limit
                """)
                .param("window", window)
                .param("limit", limit)
                .query(AuditStore::recorded)
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

    List<Recorded> entriesLinked(long afterPosition, int limit) {
        return jdbc.sql(ENTRIES + """
                JOIN audit.link l ON l.entry = e.sequence
                WHERE l.position > :after ORDER BY l.position LIMIT :limit
                """)
                .param("after", afterPosition)
                .param("limit", limit)
                .query(AuditStore::recorded)
                .list();
    }

    Optional<AuditEntry> firstUnlinkedBefore(Instant instant) {
        return jdbc.sql(ENTRIES + """
                WHERE e.at < :at AND NOT EXISTS (SELECT FROM audit.link l WHERE l.entry = e.sequence)
                ORDER BY e.sequence LIMIT 1
                """)
                .param("at", Sql.time(instant))
                .query(AuditStore::entry)
                .optional();
    }

    /** The words of reasons that hold one of these, whatever the case. */
    List<String> reasonsNaming(List<String> terms) {
        return jdbc.sql("SELECT words FROM audit.reason WHERE " + NAMING + " ORDER BY entry DESC LIMIT 1000")
                .param("terms", terms.toArray(String[]::new))
                .query((row, number) -> row.getString("words"))
                .list();
    }

    int forgetReasonsNaming(List<String> terms, Instant now) {
        return jdbc.sql("UPDATE audit.reason SET words = NULL, salt = NULL, forgotten_at = :now WHERE " + NAMING)
                .param("terms", terms.toArray(String[]::new))
                .param("now", Sql.time(now))
                .update();
    }

    private static Map<String, @Nullable Object> filter(AuditFilter filter) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("subject", filter.subject());
        values.put("actor", filter.actor());
        values.put("action", filter.action());
        values.put("requestId", filter.requestId());
        values.put("from", time(filter.from()));
        values.put("before", time(filter.before()));
        return values;
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : Sql.time(at);
    }

    private static Recorded recorded(ResultSet row, int number) throws SQLException {
        byte[] digest = row.getBytes("reason_digest");
        Reason reason = digest == null ? null : new Reason(digest, row.getBytes("salt"), row.getString("words"));
        return new Recorded(entry(row, number), reason, digest != null && row.getBoolean("reason_lost"));
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        String own = row.getString("reason");
        return new AuditEntry(
                row.getLong("sequence"),
                Sql.instant(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("before"),
                row.getString("after"),
                own == null ? row.getString("words") : own,
                row.getString("request_id"));
    }

    private static AuditLink link(ResultSet row, int number) throws SQLException {
        return new AuditLink(row.getLong("position"), row.getLong("entry"), row.getBytes("hash"));
    }
}
