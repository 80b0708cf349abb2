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

    /** Whose a key is: what it opens, and with which scopes. */
    record Owner(String column, UUID id, Set<Scope> scopes) {
        static Owner partner(UUID id) {
            return new Owner("partner_id", id, Set.of());
        }

        static Owner book(UUID id, Set<Scope> scopes) {
            return new Owner("book_id", id, scopes);
        }
    }

    record Found(
            UUID credentialId,
            Principal principal,
            @Nullable Instant lastUsed) {}

    void insert(IssuedApiKey key, Owner owner, byte[] digest, Instant now) {
        jdbc.sql("""
                INSERT INTO identity.api_key (credential_id, %s, scopes, prefix, key_digest, created_at)
                VALUES (:id, :owner, string_to_array(:scopes, ' '), :prefix, :digest, :now)
                """.formatted(owner.column()))
                .param("id", key.credentialId())
                .param("owner", owner.id())
                .param("scopes", text(owner.scopes()))
                .param("prefix", key.prefix())
                .param("digest", digest)
                .param("now", Sql.time(now))
                .update();
    }

    Optional<Found> living(byte[] digest) {
        return jdbc.sql("""
                SELECT credential_id, partner_id, book_id, array_to_string(scopes, ' ') AS scopes, last_used_at
                FROM identity.api_key WHERE key_digest = :digest AND revoked_at IS NULL
                """)
                .param("digest", digest)
                .query((row, number) -> new Found(
                        row.getObject("credential_id", UUID.class),
                        principal(row),
                        Sql.instantOrNull(row, "last_used_at")))
                .optional();
    }

    void used(UUID credential, Instant now) {
        jdbc.sql("UPDATE identity.api_key SET last_used_at = :now WHERE credential_id = :id")
                .param("id", credential)
                .param("now", Sql.time(now))
                .update();
    }

    boolean revoke(Owner owner, UUID credential, Instant now) {
        return jdbc.sql("""
                        UPDATE identity.api_key SET revoked_at = :now
                        WHERE credential_id = :id AND %s = :owner AND revoked_at IS NULL
                        """.formatted(owner.column()))
                        .param("id", credential)
                        .param("owner", owner.id())
                        .param("now", Sql.time(now))
                        .update()
                == 1;
    }

    List<ApiKeySummary> of(Owner owner) {
        return jdbc.sql("""
                SELECT credential_id, prefix, array_to_string(scopes, ' ') AS scopes, created_at, last_used_at,
                       revoked_at
                FROM identity.api_key WHERE %s = :owner ORDER BY credential_id DESC
                """.formatted(owner.column()))
                .param("owner", owner.id())
                .query((row, number) -> new ApiKeySummary(
                        row.getObject("credential_id", UUID.class),
                        row.getString("prefix"),
                        scopes(row),
                        Sql.instant(row, "created_at"),
                        Sql.instantOrNull(row, "last_used_at"),
                        Sql.instantOrNull(row, "revoked_at")))
                .list();
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
