package io.bursar.gates;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class GateStore {
    private final JdbcClient jdbc;

    GateStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<String, Closure> closed() {
        Map<String, Closure> closed = new HashMap<>();
        jdbc.sql("SELECT name, reason, closed_by, closed_at FROM gates.gate WHERE closed_at IS NOT NULL")
                .query(row -> {
                    closed.put(row.getString("name"), closure(row));
                });
        return Map.copyOf(closed);
    }

    /** Until the transaction ends nobody else changes this gate. */
    Optional<Closure> lock(String name) {
        jdbc.sql("INSERT INTO gates.gate (name) VALUES (:name) ON CONFLICT DO NOTHING")
                .param("name", name)
                .update();
        return jdbc.sql("SELECT closed_at, closed_by, reason FROM gates.gate WHERE name = :name FOR UPDATE")
                .param("name", name)
                .query((row, _) ->
                        Optional.ofNullable(row.getObject("closed_at")).isPresent()
                                ? Optional.of(closure(row))
                                : Optional.<Closure>empty())
                .single();
    }

    void close(String name, Closure closure) {
        jdbc.sql("""
                UPDATE gates.gate SET closed_at = :at, closed_by = :by, reason = :reason WHERE name = :name
                """)
                .param("at", Sql.time(closure.at()))
                .param("by", closure.by())
                .param("reason", closure.reason())
                .param("name", name)
                .update();
    }

    void open(String name) {
        jdbc.sql("UPDATE gates.gate SET closed_at = NULL, closed_by = NULL, reason = NULL WHERE name = :name")
                .param("name", name)
                .update();
    }

    /** False when some node has done so already. Another that is doing it at this moment is waited for. */
    boolean beginEpoch(int number, Instant now) {
        return jdbc.sql("INSERT INTO gates.epoch (number, at) VALUES (:number, :now) ON CONFLICT DO NOTHING")
                        .param("number", number)
                        .param("now", Sql.time(now))
                        .update()
                > 0;
    }

    private static Closure closure(ResultSet row) throws SQLException {
        return new Closure(row.getString("reason"), row.getString("closed_by"), Sql.instant(row, "closed_at"));
    }
}
