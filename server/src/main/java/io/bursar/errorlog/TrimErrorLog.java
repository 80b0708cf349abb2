package io.bursar.errorlog;

import io.bursar.platform.Job;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

@Component
class TrimErrorLog implements Job {
    private static final Duration LINES_AGE_MAX = Duration.ofDays(90);
    private static final Duration COUNTS_AGE_MAX = Duration.ofDays(400);
    private static final int BATCH_ROWS_MAX = 1_000;
    private static final int BATCHES_MAX = 100;

    private final ErrorStore store;
    private final Clock clock;

    TrimErrorLog(ErrorStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "trim-error-log";
    }

    @Override
    public String purpose() {
        return "Deletes error lines older than 90 days and hourly counts older than 400.";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        int batch = 0;
        while (batch < BATCHES_MAX && store.deleteEntriesBefore(now.minus(LINES_AGE_MAX), BATCH_ROWS_MAX) > 0) {
            batch++;
        }
        store.deleteHoursBefore(now.minus(COUNTS_AGE_MAX));
    }
}
