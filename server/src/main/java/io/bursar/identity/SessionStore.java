package io.bursar.identity;

import io.bursar.platform.Sql;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class SessionStore {
    private final JdbcClient jdbc;

    SessionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Found(Principal.Operator operator, Instant lastSeen) {}

    void insert(byte[] token, UUID operator, Instant now, Instant expires) {
        jdbc.sql("""
                INSERT INTO identity.session (token_digest, operator_id, created_at, expires_at, last_seen_at)
                VALUES (:token, :operator, :now, :expires, :now)
                """)
                .param("token", token)
                .param("operator", operator)
                .param("now", Sql.time(now))
                .param("expires", Sql.time(expires))
                .update();
    }

    /** A session that lives now: neither past its end nor idle since before {@code idleSince}. */
    Optional<Found> living(byte[] token, Instant now, Instant idleSince) {
        return jdbc.sql("""
                SELECT s.operator_id, o.name, o.role, s.last_seen_at
                FROM identity.session s JOIN identity.operator o ON o.id = s.operator_id
                WHERE s.token_digest = :token AND s.expires_at > :now AND s.last_seen_at > :idleSince
                  AND o.disabled_at IS NULL
                """)
                .param("token", token)
                .param("now", Sql.time(now))
                .param("idleSince", Sql.time(idleSince))
                .query((row, number) -> new Found(
                        new Principal.Operator(
                                row.getObject("operator_id", UUID.class),
                                row.getString("name"),
                                Role.valueOf(row.getString("role"))),
                        Sql.instant(row, "last_seen_at")))
                .optional();
    }

    void seen(byte[] token, Instant now) {
        jdbc.sql("UPDATE identity.session SET last_seen_at = :now WHERE token_digest = :token AND last_seen_at < :now")
                .param("token", token)
                .param("now", Sql.time(now))
                .update();
    }

    void delete(byte[] token) {
        jdbc.sql("DELETE FROM identity.session WHERE token_digest = :token")
                .param("token", token)
                .update();
    }

    void deleteOf(UUID operator) {
        jdbc.sql("DELETE FROM identity.session WHERE operator_id = :operator")
                .param("operator", operator)
                .update();
    }

    int purge(Instant endedBefore, int rowsMax) {
        return jdbc.sql("""
                DELETE FROM identity.session WHERE token_digest IN (
                  SELECT token_digest FROM identity.session WHERE expires_at < :before LIMIT :rows)
                """)
                .param("before", Sql.time(endedBefore))
                .param("rows", rowsMax)
                .update();
    }
}
