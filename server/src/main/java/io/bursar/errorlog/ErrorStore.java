package io.bursar.errorlog;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ErrorStore {
    private static final String FILTER = """
            (:code::text IS NULL OR code = :code) AND (:subject::text IS NULL OR subject = :subject)
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

    void insert(ErrorEntry entry) {
        jdbc.sql("""
                INSERT INTO errorlog.entry (at, code, message, subject, request_id)
                VALUES (:at, :code, :message, :subject, :requestId)
                """)
                .param("at", Sql.time(entry.at()))
                .param("code", entry.code())
                .param("message", entry.message())
                .param("subject", entry.subject())
                .param("requestId", entry.requestId())
                .update();
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

    List<ErrorEntry> newest(@Nullable String code, @Nullable String subject, long below, int limit) {
        return jdbc.sql("SELECT sequence, at, code, message, subject, request_id FROM errorlog.entry"
                        + " WHERE sequence < :below AND " + FILTER + " ORDER BY sequence DESC LIMIT :limit")
                .param("code", code)
                .param("subject", subject)
                .param("below", below)
                .param("limit", limit)
                .query(ErrorStore::entry)
                .list();
    }

    long count(@Nullable String code, @Nullable String subject) {
        return jdbc.sql("SELECT count(*) FROM errorlog.entry WHERE " + FILTER)
                .param("code", code)
                .param("subject", subject)
                .query(Long.class)
                .single();
    }

    private static ErrorEntry entry(ResultSet row, int number) throws SQLException {
        return new ErrorEntry(
                row.getLong("sequence"),
                Sql.instant(row, "at"),
                row.getString("code"),
                row.getString("message"),
                row.getString("subject"),
                row.getString("request_id"));
    }
}
