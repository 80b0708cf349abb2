package io.bursar.outbox;

import io.bursar.platform.Sql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class OutboxMeterStore {
    private final JdbcClient jdbc;
    private final Clock clock;

    OutboxMeterStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    long countWaiting() {
        return jdbc.sql("SELECT count(*) FROM outbox.delivery WHERE status = 'pending'")
                .query(Long.class)
                .single();
    }

    /** For how long the one that has been due longest has been due, of endpoints that are not disabled. */
    long lagSeconds() {
        Optional<Instant> due = jdbc.sql("""
                SELECT due.next_attempt_at FROM outbox.endpoint AS e
                CROSS JOIN LATERAL (
                  SELECT d.next_attempt_at FROM outbox.delivery AS d
                  WHERE d.endpoint_id = e.id AND d.status = 'pending' ORDER BY d.next_attempt_at LIMIT 1
                ) AS due
                WHERE e.disabled_at IS NULL ORDER BY due.next_attempt_at LIMIT 1
                """)
                .query((row, number) -> Sql.instant(row, "next_attempt_at"))
                .optional();
        return due.map(since ->
                        Math.max(0, Duration.between(since, clock.instant()).toSeconds()))
                .orElse(0L);
    }
}
