package io.bursar.identity;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ApprovalStore {
    private final JdbcClient jdbc;

    ApprovalStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Approval approval) {
        jdbc.sql("""
                INSERT INTO identity.approval
                  (id, kind, subject, summary, content, reason, requested_by, requested_at, expires_at)
                VALUES (:id, :kind, :subject, :summary, :content::jsonb, :reason, :by, :at, :expires)
                """)
                .param("id", approval.id())
                .param("kind", approval.kind())
                .param("subject", approval.subject())
                .param("summary", approval.summary())
                .param("content", approval.content())
                .param("reason", approval.reason())
                .param("by", approval.requestedBy())
                .param("at", Sql.time(approval.requestedAt()))
                .param("expires", Sql.time(approval.expiresAt()))
                .update();
    }

    /** Held until the transaction ends, so that of two who decide at once one finds it decided. */
    Optional<Approval> lock(UUID id, Instant now) {
        return jdbc.sql("SELECT * FROM identity.approval WHERE id = :id FOR UPDATE")
                .param("id", id)
                .query((row, number) -> approval(row, now))
                .optional();
    }

    void decide(UUID id, Approval.State state, UUID by, Instant at, @Nullable String reason) {
        jdbc.sql("""
                UPDATE identity.approval
                SET state = :state, decided_by = :by, decided_at = :at, decision_reason = :reason
                WHERE id = :id AND state = 'OPEN'
                """)
                .param("id", id)
                .param("state", state.name())
                .param("by", by)
                .param("at", Sql.time(at))
                .param("reason", reason)
                .update();
    }

    List<Approval> open(Instant now) {
        return jdbc.sql("""
                SELECT * FROM identity.approval WHERE state = 'OPEN' AND expires_at > :now ORDER BY id
                """)
                .param("now", Sql.time(now))
                .query((row, number) -> approval(row, now))
                .list();
    }

    /** Decided or expired, newest first. */
    List<Approval> ended(UUID before, int limit, Instant now) {
        return jdbc.sql("""
                SELECT * FROM identity.approval
                WHERE id < :before AND NOT (state = 'OPEN' AND expires_at > :now) ORDER BY id DESC LIMIT :limit
                """)
                .param("before", before)
                .param("now", Sql.time(now))
                .param("limit", limit)
                .query((row, number) -> approval(row, now))
                .list();
    }

    private static Approval approval(ResultSet row, Instant now) throws SQLException {
        Approval.State state = Approval.State.valueOf(row.getString("state"));
        Instant expires = Sql.instant(row, "expires_at");
        return new Approval(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("summary"),
                row.getString("content"),
                row.getString("reason"),
                row.getObject("requested_by", UUID.class),
                Sql.instant(row, "requested_at"),
                expires,
                state == Approval.State.OPEN && !expires.isAfter(now) ? Approval.State.EXPIRED : state,
                row.getObject("decided_by", UUID.class),
                Sql.instantOrNull(row, "decided_at"),
                row.getString("decision_reason"));
    }
}
