package io.bursar.identity;

import io.bursar.platform.Sql;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class IdempotencyStore {
    private final JdbcClient jdbc;

    IdempotencyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Kept(String contentDigest, IdempotentResponse answer) {}

    /** False when another request with this key is at work. The lock ends with the transaction. */
    boolean lock(KeyedRequest request) {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended(:key, hashtext('identity.idempotent')))")
                .param("key", request.credentialId() + " " + request.key())
                .query(Boolean.class)
                .single();
    }

    Optional<Kept> find(KeyedRequest request) {
        return jdbc.sql("""
                SELECT encode(content_digest, 'hex') AS content_digest, status, location, body
                  FROM identity.idempotent_request WHERE credential_id = :credential AND key = :key
                """)
                .param("credential", request.credentialId())
                .param("key", request.key())
                .query((row, number) -> new Kept(
                        row.getString("content_digest"),
                        new IdempotentResponse(
                                row.getInt("status"), row.getString("body"), row.getString("location"), true)))
                .optional();
    }

    void insert(KeyedRequest request, IdempotentResponse answer, Instant now) {
        jdbc.sql("""
                INSERT INTO identity.idempotent_request
                  (credential_id, key, content_digest, status, location, body, answered_at)
                VALUES (:credential, :key, decode(:digest, 'hex'), :status, :location, :body, :now)
                """)
                .param("credential", request.credentialId())
                .param("key", request.key())
                .param("digest", request.contentDigest())
                .param("status", answer.status())
                .param("location", answer.location())
                .param("body", answer.body())
                .param("now", Sql.time(now))
                .update();
    }
}
