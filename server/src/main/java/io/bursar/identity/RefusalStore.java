package io.bursar.identity;

import io.bursar.platform.Sql;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class RefusalStore {
    private final JdbcClient jdbc;

    RefusalStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Refusal refusal, Optional<UUID> credential) {
        jdbc.sql("""
                INSERT INTO identity.refusal (id, client_digest, credential_id, refused_by, refused_at, until)
                VALUES (:id, decode(:client, 'hex'), :credential, :by, :at, :until)
                """)
                .param("id", refusal.id())
                .param("client", refusal.client())
                .param("credential", credential.orElse(null), Types.OTHER)
                .param("by", refusal.refusedBy())
                .param("at", Sql.time(refusal.refusedAt()))
                .param("until", Sql.time(refusal.until()))
                .update();
    }

    /** Whoever is refused now, by digest, and until when. */
    Map<String, Instant> refusedAt(Instant now) {
        Map<String, Instant> refused = new HashMap<>();
        jdbc.sql("""
                SELECT encode(client_digest, 'hex') AS client, max(until) AS until
                FROM identity.refusal WHERE until > :now GROUP BY client_digest
                """).param("now", Sql.time(now)).query(row -> {
            refused.put(row.getString("client"), Sql.instant(row, "until"));
        });
        return refused;
    }

    List<Refusal> living(Instant now) {
        return jdbc.sql("""
                SELECT r.id, encode(r.client_digest, 'hex') AS client, k.prefix, r.refused_by, r.refused_at, r.until
                FROM identity.refusal r LEFT JOIN identity.api_key k USING (credential_id)
                WHERE r.until > :now ORDER BY r.id DESC
                """)
                .param("now", Sql.time(now))
                .query((row, number) -> new Refusal(
                        row.getObject("id", UUID.class),
                        row.getString("client"),
                        row.getString("prefix"),
                        row.getObject("refused_by", UUID.class),
                        Sql.instant(row, "refused_at"),
                        Sql.instant(row, "until")))
                .list();
    }

    boolean end(UUID id, Instant now) {
        return jdbc.sql("UPDATE identity.refusal SET until = :now WHERE id = :id AND until > :now")
                        .param("id", id)
                        .param("now", Sql.time(now))
                        .update()
                == 1;
    }
}
