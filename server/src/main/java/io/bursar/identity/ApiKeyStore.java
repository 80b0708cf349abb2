package io.bursar.identity;

import io.bursar.platform.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ApiKeyStore {
    private final JdbcClient jdbc;

    ApiKeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Found(Principal.PartnerKey principal, @Nullable Instant lastUsed) {}

    void insert(IssuedApiKey key, UUID partner, byte[] digest, Instant now) {
        jdbc.sql("""
                INSERT INTO identity.api_key (credential_id, partner_id, prefix, key_digest, created_at)
                VALUES (:id, :partner, :prefix, :digest, :now)
                """)
                .param("id", key.credentialId())
                .param("partner", partner)
                .param("prefix", key.prefix())
                .param("digest", digest)
                .param("now", Sql.time(now))
                .update();
    }

    Optional<Found> living(byte[] digest) {
        return jdbc.sql("""
                SELECT credential_id, partner_id, last_used_at FROM identity.api_key
                WHERE key_digest = :digest AND revoked_at IS NULL
                """)
                .param("digest", digest)
                .query((row, number) -> new Found(
                        new Principal.PartnerKey(
                                row.getObject("partner_id", UUID.class), row.getObject("credential_id", UUID.class)),
                        Sql.instantOrNull(row, "last_used_at")))
                .optional();
    }

    void used(UUID credential, Instant now) {
        jdbc.sql("UPDATE identity.api_key SET last_used_at = :now WHERE credential_id = :id")
                .param("id", credential)
                .param("now", Sql.time(now))
                .update();
    }

    boolean revoke(UUID partner, UUID credential, Instant now) {
        return jdbc.sql("""
                        UPDATE identity.api_key SET revoked_at = :now
                        WHERE credential_id = :id AND partner_id = :partner AND revoked_at IS NULL
                        """)
                        .param("id", credential)
                        .param("partner", partner)
                        .param("now", Sql.time(now))
                        .update()
                == 1;
    }

    List<ApiKeySummary> of(UUID partner) {
        return jdbc.sql("""
                SELECT credential_id, prefix, created_at, last_used_at, revoked_at FROM identity.api_key
                WHERE partner_id = :partner ORDER BY credential_id DESC
                """)
                .param("partner", partner)
                .query((row, number) -> new ApiKeySummary(
                        row.getObject("credential_id", UUID.class),
                        row.getString("prefix"),
                        Sql.instant(row, "created_at"),
                        Sql.instantOrNull(row, "last_used_at"),
                        Sql.instantOrNull(row, "revoked_at")))
                .list();
    }
}
