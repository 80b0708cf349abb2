package io.bursar.identity;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    /** Who holds a session: an operator, or somebody of a portal. */
    sealed interface Holder {
        record Staff(Principal.Operator operator) implements Holder {}

        record Guest(String portal, UUID id) implements Holder {}
    }

    record Living(Holder holder, Instant lastSeen, Instant provenAt) {}

    void insert(byte[] token, UUID operator, Instant now, Instant expires) {
        jdbc.sql("""
                INSERT INTO identity.session
                  (token_digest, operator_id, created_at, expires_at, last_seen_at, proven_at)
                VALUES (:token, :operator, :now, :expires, :now, :now)
                """)
                .param("token", token)
                .param("operator", operator)
                .param("now", Sql.time(now))
                .param("expires", Sql.time(expires))
                .update();
    }

    void insert(byte[] token, Holder.Guest guest, Instant now, Instant expires) {
        jdbc.sql("""
                INSERT INTO identity.session
                  (token_digest, portal, holder_id, created_at, expires_at, last_seen_at, proven_at)
                VALUES (:token, :portal, :holder, :now, :expires, :now, :now)
                """)
                .param("token", token)
                .param("portal", guest.portal())
                .param("holder", guest.id())
                .param("now", Sql.time(now))
                .param("expires", Sql.time(expires))
                .update();
    }

    /** A session that lives now: neither past its end nor, an operator's, idle since before {@code idleSince}. */
    Optional<Living> living(byte[] token, Instant now, Instant idleSince) {
        return jdbc.sql("""
                SELECT s.operator_id, o.name, o.role, s.portal, s.holder_id, s.last_seen_at, s.proven_at
                FROM identity.session s LEFT JOIN identity.operator o ON o.id = s.operator_id
                WHERE s.token_digest = :token AND s.expires_at > :now
                  AND (s.portal IS NOT NULL OR (s.last_seen_at > :idleSince AND o.disabled_at IS NULL))
                """)
                .param("token", token)
                .param("now", Sql.time(now))
                .param("idleSince", Sql.time(idleSince))
                .query((row, number) ->
                        new Living(holder(row), Sql.instant(row, "last_seen_at"), Sql.instant(row, "proven_at")))
                .optional();
    }

    private static Holder holder(ResultSet row) throws SQLException {
        String portal = row.getString("portal");
        return portal == null
                ? new Holder.Staff(new Principal.Operator(
                        row.getObject("operator_id", UUID.class),
                        row.getString("name"),
                        Role.valueOf(row.getString("role"))))
                : new Holder.Guest(portal, row.getObject("holder_id", UUID.class));
    }

    void seen(byte[] token, Instant now) {
        jdbc.sql("UPDATE identity.session SET last_seen_at = :now WHERE token_digest = :token AND last_seen_at < :now")
                .param("token", token)
                .param("now", Sql.time(now))
                .update();
    }

    void proven(byte[] token, Instant now) {
        jdbc.sql("UPDATE identity.session SET proven_at = :now WHERE token_digest = :token")
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

    void deleteOthersOf(UUID operator, byte[] kept) {
        jdbc.sql("DELETE FROM identity.session WHERE operator_id = :operator AND token_digest <> :kept")
                .param("operator", operator)
                .param("kept", kept)
                .update();
    }

    void deleteOf(Holder.Guest guest) {
        jdbc.sql("DELETE FROM identity.session WHERE portal = :portal AND holder_id = :holder")
                .param("portal", guest.portal())
                .param("holder", guest.id())
                .update();
    }
}
