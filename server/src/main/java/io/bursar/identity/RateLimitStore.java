package io.bursar.identity;

import io.bursar.platform.Sql;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class RateLimitStore {
    private final JdbcClient jdbc;

    RateLimitStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is counted: a class of routes, the key it is called with if there is one, and the limit. */
    record Counted(String routeClass, @Nullable UUID credentialId, int perMinute) {}

    /** Adds to the minute's count and answers what it then is. */
    int take(Counted counted, byte[] client, Instant minute, int more) {
        return jdbc.sql("""
                INSERT INTO identity.rate_limit_bucket AS b
                  (route_class, client_digest, minute, taken, credential_id, per_minute)
                VALUES (:class, :client, :minute, :more, :credential, :perMinute)
                ON CONFLICT (route_class, client_digest, minute) DO UPDATE
                  SET taken = least(b.taken::bigint + excluded.taken, 2147483647)::integer,
                      per_minute = excluded.per_minute
                RETURNING taken
                """)
                .param("class", counted.routeClass())
                .param("client", client)
                .param("minute", Sql.time(minute))
                .param("more", more)
                .param("credential", counted.credentialId(), Types.OTHER)
                .param("perMinute", counted.perMinute())
                .query(Integer.class)
                .single();
    }

    List<RateLimitOffender> offenders(Instant since, int rowsMax) {
        return jdbc.sql("""
                SELECT b.route_class, encode(b.client_digest, 'hex') AS client, k.prefix,
                       max(b.per_minute) AS per_minute, sum(b.taken - b.per_minute) AS refused,
                       count(*) AS minutes, max(b.minute) AS last_minute
                FROM identity.rate_limit_bucket b LEFT JOIN identity.api_key k USING (credential_id)
                WHERE b.minute >= :since AND b.taken > b.per_minute
                GROUP BY b.route_class, b.client_digest, k.prefix
                ORDER BY refused DESC, last_minute DESC LIMIT :rows
                """)
                .param("since", Sql.time(since))
                .param("rows", rowsMax)
                .query((row, number) -> new RateLimitOffender(
                        row.getString("route_class"),
                        row.getString("client"),
                        row.getString("prefix"),
                        row.getInt("per_minute"),
                        row.getLong("refused"),
                        row.getInt("minutes"),
                        Sql.instant(row, "last_minute")))
                .list();
    }

    /** Whoever was counted under a digest. */
    record Client(Optional<UUID> credentialId) {}

    Optional<Client> client(String digest) {
        return jdbc.sql("""
                SELECT credential_id FROM identity.rate_limit_bucket
                WHERE client_digest = decode(:digest, 'hex') ORDER BY credential_id LIMIT 1
                """)
                .param("digest", digest)
                .query((row, number) -> new Client(Optional.ofNullable(row.getObject("credential_id", UUID.class))))
                .optional();
    }
}
