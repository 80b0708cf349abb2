package io.bursar.identity;

import io.bursar.platform.Sql;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class RateLimitStore {
    private final JdbcClient jdbc;

    RateLimitStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    int take(String routeClass, byte[] client, Instant minute) {
        return jdbc.sql("""
                INSERT INTO identity.rate_limit_bucket AS b (route_class, client_digest, minute, taken)
                VALUES (:class, :client, :minute, 1)
                ON CONFLICT (route_class, client_digest, minute) DO UPDATE SET taken = b.taken + 1
                RETURNING taken
                """)
                .param("class", routeClass)
                .param("client", client)
                .param("minute", Sql.time(minute))
                .query(Integer.class)
                .single();
    }

    int purge(Instant before, int rowsMax) {
        return jdbc.sql("""
                DELETE FROM identity.rate_limit_bucket WHERE (route_class, client_digest, minute) IN (
                  SELECT route_class, client_digest, minute FROM identity.rate_limit_bucket
                  WHERE minute < :before LIMIT :rows)
                """)
                .param("before", Sql.time(before))
                .param("rows", rowsMax)
                .update();
    }
}
