package io.bursar.platform;

import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

final class EpochStore {
    private final JdbcClient jdbc;

    EpochStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Epoch current() {
        return jdbc.sql("SELECT number, origin FROM platform.epoch ORDER BY number DESC LIMIT 1")
                .query((row, _) -> new Epoch(row.getInt("number"), row.getString("origin")))
                .optional()
                .orElse(Epoch.FIRST);
    }

    /** Inside the caller's transaction. */
    Epoch raise(String origin, Instant now) {
        Epoch next = new Epoch(current().number() + 1, origin);
        jdbc.sql("INSERT INTO platform.epoch (number, origin, began_at) VALUES (:number, :origin, :now)")
                .param("number", next.number())
                .param("origin", origin)
                .param("now", Sql.time(now))
                .update();
        return next;
    }
}
