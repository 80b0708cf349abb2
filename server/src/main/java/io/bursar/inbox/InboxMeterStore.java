package io.bursar.inbox;

import io.bursar.platform.Sql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class InboxMeterStore {
    private final JdbcClient jdbc;
    private final Clock clock;

    InboxMeterStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    long countWaiting() {
        return jdbc.sql("SELECT count(*) FROM inbox.work WHERE state = 'waiting'")
                .query(Long.class)
                .single();
    }

    /** For how long the one that has been due longest has been due. */
    long lagSeconds() {
        Optional<Instant> due = jdbc.sql("SELECT next_attempt_at FROM inbox.work WHERE state = 'waiting'"
                        + " ORDER BY next_attempt_at LIMIT 1")
                .query((row, number) -> Sql.instant(row, "next_attempt_at"))
                .optional();
        return due.map(since ->
                        Math.max(0, Duration.between(since, clock.instant()).toSeconds()))
                .orElse(0L);
    }
}
