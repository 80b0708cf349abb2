package io.bursar.inbox;

import io.bursar.platform.Sql;
import io.bursar.shared.IdText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was turned away. */
@Component
class RejectionStore {
    private final JdbcClient jdbc;

    RejectionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is counted together. */
    record Group(String provider, String account, Verdict.Reason reason, Instant hour) {}

    /** One that is looked at: {@code body} is its beginning, {@code bodyBytes} its whole length. */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they came; nobody compares these
    record Sample(
            UUID id, Group group, @Nullable String claimedId, String headers, byte[] body, int bodyBytes, Instant at) {}

    /** How many of this group there are in its hour, these included. */
    long count(Group group, long more) {
        return jdbc.sql("""
                INSERT INTO inbox.rejection_count AS c (provider, account, reason, hour, count)
                VALUES (:provider, :account, :reason, :hour, :more)
                ON CONFLICT (hour, provider, account, reason) DO UPDATE SET count = c.count + :more
                RETURNING count
                """)
                .param("provider", group.provider())
                .param("account", group.account())
                .param("reason", group.reason().name())
                .param("hour", Sql.time(group.hour()))
                .param("more", more)
                .query(Long.class)
                .single();
    }

    void insert(Sample sample) {
        jdbc.sql("""
                INSERT INTO inbox.rejection
                  (id, provider, account, reason, claimed_id, headers, body, body_bytes, at)
                VALUES (:id, :provider, :account, :reason, :claimed, :headers, :body, :bytes, :at)
                """)
                .param("id", sample.id())
                .param("provider", sample.group().provider())
                .param("account", sample.group().account())
                .param("reason", sample.group().reason().name())
                .param("claimed", sample.claimedId())
                .param("headers", sample.headers())
                .param("body", sample.body())
                .param("bytes", sample.bodyBytes())
                .param("at", Sql.time(sample.at()))
                .update();
    }

    /** One line of the page. */
    record Line(
            UUID id,
            String provider,
            String account,
            Verdict.Reason reason,
            @Nullable String claimedId,
            int bodyBytes,
            Instant at) {
        /** {@code rej_…}, as pages name it. */
        public String idText() {
            return IdText.of("rej", id);
        }
    }

    List<Line> newest(int limit) {
        return jdbc.sql("""
                SELECT id, provider, account, reason, claimed_id, body_bytes, at
                FROM inbox.rejection ORDER BY id DESC LIMIT :limit
                """)
                .param("limit", limit)
                .query((row, number) -> new Line(
                        row.getObject("id", UUID.class),
                        row.getString("provider"),
                        row.getString("account"),
                        Verdict.Reason.valueOf(row.getString("reason")),
                        row.getString("claimed_id"),
                        row.getInt("body_bytes"),
                        Sql.instant(row, "at")))
                .list();
    }

    /** One of those that are kept, whole. */
    Optional<Sample> find(UUID id) {
        return jdbc.sql("""
                SELECT provider, account, reason, claimed_id, headers, body, body_bytes, at
                FROM inbox.rejection WHERE id = :id
                """)
                .param("id", id)
                .query((row, number) -> new Sample(
                        id,
                        new Group(
                                row.getString("provider"),
                                row.getString("account"),
                                Verdict.Reason.valueOf(row.getString("reason")),
                                Sql.instant(row, "at").truncatedTo(ChronoUnit.HOURS)),
                        row.getString("claimed_id"),
                        row.getString("headers"),
                        row.getBytes("body"),
                        row.getInt("body_bytes"),
                        Sql.instant(row, "at")))
                .optional();
    }

    long countSince(Instant since) {
        return jdbc.sql("SELECT coalesce(sum(count), 0) FROM inbox.rejection_count WHERE hour >= :since")
                .param("since", Sql.time(since))
                .query(Long.class)
                .single();
    }
}
