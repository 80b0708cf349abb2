package io.bursar.stablecoin;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class InviteStore {
    private final JdbcClient jdbc;

    InviteStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An invitation as stored: never with its token. */
    record Invite(
            UUID id,
            MerchantId merchant,
            Instant expiresAt,
            @Nullable Instant acceptedAt,
            @Nullable Instant supersededAt) {}

    void insert(UUID id, MerchantId merchant, byte[] tokenDigest, Instant at, Instant expiresAt) {
        jdbc.sql("""
                INSERT INTO stablecoin.merchant_invite (id, merchant_id, token_digest, created_at, expires_at)
                VALUES (:id, :merchant, :digest, :at, :expiresAt)
                """)
                .param("id", id)
                .param("merchant", merchant.value())
                .param("digest", tokenDigest)
                .param("at", Sql.time(at))
                .param("expiresAt", Sql.time(expiresAt))
                .update();
    }

    void supersede(MerchantId merchant, Instant at) {
        jdbc.sql("""
                UPDATE stablecoin.merchant_invite SET superseded_at = :at
                WHERE merchant_id = :merchant AND accepted_at IS NULL AND superseded_at IS NULL
                """)
                .param("merchant", merchant.value())
                .param("at", Sql.time(at))
                .update();
    }

    Optional<Invite> find(byte[] tokenDigest) {
        return jdbc.sql("""
                SELECT id, merchant_id, expires_at, accepted_at, superseded_at
                FROM stablecoin.merchant_invite WHERE token_digest = :digest
                """)
                .param("digest", tokenDigest)
                .query(InviteStore::invite)
                .optional();
    }

    /** When the live invitation of a merchant ends. */
    Optional<Instant> liveUntil(MerchantId merchant) {
        return jdbc.sql("""
                SELECT expires_at FROM stablecoin.merchant_invite
                WHERE merchant_id = :merchant AND accepted_at IS NULL AND superseded_at IS NULL
                """)
                .param("merchant", merchant.value())
                .query((row, number) -> Sql.instant(row, "expires_at"))
                .optional();
    }

    /** True for the one caller that gets to accept. */
    boolean accept(UUID id, Instant at) {
        return jdbc.sql("""
                UPDATE stablecoin.merchant_invite SET accepted_at = :at
                WHERE id = :id AND accepted_at IS NULL AND superseded_at IS NULL AND expires_at > :at
                """).param("id", id).param("at", Sql.time(at)).update() == 1;
    }

    private static Invite invite(ResultSet row, int number) throws SQLException {
        return new Invite(
                row.getObject("id", UUID.class),
                new MerchantId(row.getObject("merchant_id", UUID.class)),
                Sql.instant(row, "expires_at"),
                Sql.instantOrNull(row, "accepted_at"),
                Sql.instantOrNull(row, "superseded_at"));
    }
}
