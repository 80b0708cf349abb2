package io.bursar.identity;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ApiKeyStore {
    private final JdbcClient jdbc;

    ApiKeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param previousUntil when the secret stops working, of one that was replaced */
    record Found(
            UUID credentialId,
            Principal principal,
            @Nullable Instant previousUntil,
            @Nullable Instant lastUsed) {
        boolean worksAt(Instant now) {
            return previousUntil == null || previousUntil.isAfter(now);
        }
    }

    void insert(IssuedApiKey key, KeyOwner owner, Set<Scope> scopes, byte[] digest, Instant now) {
        jdbc.sql("""
                INSERT INTO identity.api_key (credential_id, %s, scopes, prefix, key_digest, created_at)
                VALUES (:id, :owner, string_to_array(:scopes, ' '), :prefix, :digest, :now)
                """.formatted(column(owner)))
                .param("id", key.credentialId())
                .param("owner", owner.id())
                .param("scopes", text(scopes))
                .param("prefix", key.prefix())
                .param("digest", digest)
                .param("now", Sql.time(now))
                .update();
    }

    /** The key that has this secret now, or had it before and may still be used with it for a while. */
    Optional<Found> living(byte[] digest) {
        return jdbc.sql("""
                SELECT credential_id, partner_id, book_id, array_to_string(scopes, ' ') AS scopes,
                       NULL::timestamptz AS previous_until, last_used_at
                FROM identity.api_key WHERE key_digest = :digest AND revoked_at IS NULL
                UNION ALL
                SELECT credential_id, partner_id, book_id, array_to_string(scopes, ' '), previous_until,
                       previous_last_used_at
                FROM identity.api_key WHERE previous_digest = :digest AND revoked_at IS NULL
                """)
                .param("digest", digest)
                .query((row, number) -> new Found(
                        row.getObject("credential_id", UUID.class),
                        principal(row),
                        Sql.instantOrNull(row, "previous_until"),
                        Sql.instantOrNull(row, "last_used_at")))
                .optional();
    }

    void used(byte[] digest, Instant now) {
        jdbc.sql("""
                UPDATE identity.api_key SET
                  last_used_at = CASE WHEN key_digest = :digest THEN :now ELSE last_used_at END,
                  previous_last_used_at = CASE WHEN previous_digest = :digest THEN :now ELSE previous_last_used_at END
                WHERE key_digest = :digest OR previous_digest = :digest
                """).param("digest", digest).param("now", Sql.time(now)).update();
    }

    /** The present secret becomes the previous one, which works until then; the one before that works no more. */
    boolean rotate(KeyOwner owner, IssuedApiKey fresh, byte[] digest, Instant now, Instant previousUntil) {
        return jdbc.sql("""
                        UPDATE identity.api_key SET
                          previous_prefix = prefix, previous_digest = key_digest, previous_last_used_at = last_used_at,
                          previous_until = :until, prefix = :prefix, key_digest = :digest, last_used_at = NULL,
                          rotated_at = :now
                        WHERE credential_id = :id AND %s = :owner AND revoked_at IS NULL
                        """.formatted(column(owner)))
                        .param("id", fresh.credentialId())
                        .param("owner", owner.id())
                        .param("prefix", fresh.prefix())
                        .param("digest", digest)
                        .param("now", Sql.time(now))
                        .param("until", Sql.time(previousUntil))
                        .update()
                == 1;
    }

    /** True when the previous secret still worked. */
    boolean endPrevious(KeyOwner owner, UUID credential, Instant now) {
        return jdbc.sql("""
                        UPDATE identity.api_key SET previous_until = :now
                        WHERE credential_id = :id AND %s = :owner AND revoked_at IS NULL AND previous_until > :now
                        """.formatted(column(owner)))
                        .param("id", credential)
                        .param("owner", owner.id())
                        .param("now", Sql.time(now))
                        .update()
                == 1;
    }

    boolean revoke(KeyOwner owner, UUID credential, Instant now) {
        return jdbc.sql("""
                        UPDATE identity.api_key SET revoked_at = :now
                        WHERE credential_id = :id AND %s = :owner AND revoked_at IS NULL
                        """.formatted(column(owner)))
                        .param("id", credential)
                        .param("owner", owner.id())
                        .param("now", Sql.time(now))
                        .update()
                == 1;
    }

    List<ApiKeySummary> of(KeyOwner owner, Instant now) {
        return jdbc.sql("""
                SELECT credential_id, prefix, array_to_string(scopes, ' ') AS scopes, created_at, last_used_at,
                       revoked_at, previous_prefix, previous_last_used_at,
                       CASE WHEN previous_until > :now THEN previous_until END AS previous_until
                FROM identity.api_key WHERE %s = :owner ORDER BY credential_id DESC
                """.formatted(column(owner)))
                .param("owner", owner.id())
                .param("now", Sql.time(now))
                .query((row, number) -> new ApiKeySummary(
                        row.getObject("credential_id", UUID.class),
                        row.getString("prefix"),
                        scopes(row),
                        Sql.instant(row, "created_at"),
                        Sql.instantOrNull(row, "last_used_at"),
                        Sql.instantOrNull(row, "revoked_at"),
                        previous(row)))
                .list();
    }

    private static String column(KeyOwner owner) {
        return switch (owner) {
            case KeyOwner.Partner _ -> "partner_id";
            case KeyOwner.Book _ -> "book_id";
        };
    }

    private static ApiKeySummary.@Nullable Previous previous(ResultSet row) throws SQLException {
        Instant until = Sql.instantOrNull(row, "previous_until");
        return until == null
                ? null
                : new ApiKeySummary.Previous(
                        row.getString("previous_prefix"), until, Sql.instantOrNull(row, "previous_last_used_at"));
    }

    private static Principal principal(ResultSet row) throws SQLException {
        UUID credential = row.getObject("credential_id", UUID.class);
        @Nullable UUID book = row.getObject("book_id", UUID.class);
        return book == null
                ? new Principal.PartnerKey(row.getObject("partner_id", UUID.class), credential)
                : new Principal.LedgerKey(book, credential, scopes(row));
    }

    private static String text(Set<Scope> scopes) {
        return scopes.stream().map(Scope::text).sorted().collect(Collectors.joining(" "));
    }

    private static Set<Scope> scopes(ResultSet row) throws SQLException {
        return Arrays.stream(row.getString("scopes").split(" "))
                .filter(text -> !text.isEmpty())
                .map(text -> Scope.of(text).orElseThrow())
                .collect(Collectors.toUnmodifiableSet());
    }
}
