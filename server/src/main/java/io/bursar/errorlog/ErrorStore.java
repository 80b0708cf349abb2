package io.bursar.errorlog;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ErrorStore {
    private static final String FILTER = """
            (:code::text IS NULL OR code = :code) AND (:subject::text IS NULL OR subject = :subject)
            AND (:requestId::text IS NULL OR request_id = :requestId)
            AND (:fingerprint::text IS NULL OR fingerprint = :fingerprint)
            """;

    private final JdbcClient jdbc;

    ErrorStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Counts one more and says how many that makes in this hour. */
    long count(String code, Instant hour) {
        return jdbc.sql("""
                INSERT INTO errorlog.hour AS known (code, hour, count) VALUES (:code, :hour, 1)
                ON CONFLICT (hour, code) DO UPDATE SET count = known.count + 1
                RETURNING count
                """)
                .param("code", code)
                .param("hour", Sql.time(hour))
                .query(Long.class)
                .single();
    }

    void insert(ErrorEntry entry, Shape kind) {
        jdbc.sql("""
                INSERT INTO errorlog.entry (at, code, message, subject, request_id, fingerprint, route)
                VALUES (:at, :code, :message, :subject, :requestId, :fingerprint, :route)
                """)
                .param("at", Sql.time(entry.at()))
                .param("code", entry.code())
                .param("message", entry.message())
                .param("subject", entry.subject())
                .param("requestId", entry.requestId())
                .param("fingerprint", kind.fingerprint(entry.code()))
                .param("route", entry.route())
                .update();
    }

    /** Counts one more of a kind; false when there is no such kind yet. */
    boolean countKnown(ErrorEntry entry, Shape kind) {
        return jdbc.sql("""
                UPDATE errorlog.kind SET count = count + 1, last_at = greatest(last_at, :at)
                WHERE fingerprint = :fingerprint
                """)
                        .param("at", Sql.time(entry.at()))
                        .param("fingerprint", kind.fingerprint(entry.code()))
                        .update()
                > 0;
    }

    void countNew(ErrorEntry entry, Shape kind) {
        jdbc.sql("""
                INSERT INTO errorlog.kind AS known (fingerprint, code, shape, first_at, last_at, count)
                VALUES (:fingerprint, :code, :shape, :at, :at, 1)
                ON CONFLICT (fingerprint) DO UPDATE SET count = known.count + 1, last_at = excluded.last_at
                """)
                .param("fingerprint", kind.fingerprint(entry.code()))
                .param("code", entry.code())
                .param("shape", kind.text())
                .param("at", Sql.time(entry.at()))
                .update();
    }

    long kinds(String code) {
        return jdbc.sql("SELECT count(*) FROM errorlog.kind WHERE code = :code")
                .param("code", code)
                .query(Long.class)
                .single();
    }

    List<ErrorKind> kinds(String code, Instant since, int limit) {
        return jdbc.sql("""
                SELECT fingerprint, code, shape, first_at, last_at, count FROM errorlog.kind
                WHERE code = :code AND last_at >= :since ORDER BY last_at DESC, fingerprint LIMIT :limit
                """)
                .param("code", code)
                .param("since", Sql.time(since))
                .param("limit", limit)
                .query((row, number) -> new ErrorKind(
                        row.getString("fingerprint"),
                        row.getString("code"),
                        row.getString("shape"),
                        Sql.instant(row, "first_at"),
                        Sql.instant(row, "last_at"),
                        row.getLong("count")))
                .list();
    }

    List<ErrorCount> counts(Instant since) {
        return jdbc.sql("""
                SELECT code, hour, count FROM errorlog.hour WHERE hour >= :since ORDER BY hour DESC, count DESC, code
                """)
                .param("since", Sql.time(since))
                .query((row, number) ->
                        new ErrorCount(row.getString("code"), Sql.instant(row, "hour"), row.getLong("count")))
                .list();
    }

    List<ErrorEntry> newest(ErrorFilter filter, long below, int limit) {
        return jdbc.sql("SELECT sequence, at, code, message, subject, request_id, fingerprint, route"
                        + " FROM errorlog.entry WHERE sequence < :below AND " + FILTER
                        + " ORDER BY sequence DESC LIMIT :limit")
                .params(filter(filter))
                .param("below", below)
                .param("limit", limit)
                .query(ErrorStore::entry)
                .list();
    }

    long count(ErrorFilter filter) {
        return jdbc.sql("SELECT count(*) FROM errorlog.entry WHERE " + FILTER)
                .params(filter(filter))
                .query(Long.class)
                .single();
    }

    private static Map<String, @Nullable Object> filter(ErrorFilter filter) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("code", filter.code());
        parameters.put("subject", filter.subject());
        parameters.put("requestId", filter.requestId());
        parameters.put("fingerprint", filter.fingerprint());
        return parameters;
    }

    private static ErrorEntry entry(ResultSet row, int number) throws SQLException {
        return new ErrorEntry(
                row.getLong("sequence"),
                Sql.instant(row, "at"),
                row.getString("code"),
                row.getString("message"),
                row.getString("subject"),
                row.getString("request_id"),
                row.getString("fingerprint"),
                row.getString("route"));
    }
}
