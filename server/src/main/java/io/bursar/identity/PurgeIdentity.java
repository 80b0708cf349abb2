package io.bursar.identity;

import io.bursar.platform.Job;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.springframework.stereotype.Component;

/** Forgets what has run out: ended sessions, old counters, old failures. Small batches, so that nobody waits. */
@Component
class PurgeIdentity implements Job {
    private static final Duration SESSIONS_KEPT = Duration.ofDays(14);
    private static final Duration COUNTERS_KEPT = Duration.ofDays(7);
    private static final Duration CODES_KEPT = Duration.ofDays(1);
    private static final int ROWS_PER_BATCH = 1_000;
    private static final int BATCHES_MAX = 100;

    private final SessionStore sessions;
    private final LoginLockStore locks;
    private final EmailCodeStore codes;
    private final RateLimitStore limits;
    private final RefusalStore refusals;
    private final Clock clock;

    PurgeIdentity(
            SessionStore sessions,
            LoginLockStore locks,
            EmailCodeStore codes,
            RateLimitStore limits,
            RefusalStore refusals,
            Clock clock) {
        this.sessions = sessions;
        this.locks = locks;
        this.codes = codes;
        this.limits = limits;
        this.refusals = refusals;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "purge-identity";
    }

    @Override
    public String purpose() {
        return "Deletes old sign-in codes, sessions that ended 14 days ago, and locks and counters of 7 days ago.";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        drain(() -> sessions.purge(now.minus(SESSIONS_KEPT), ROWS_PER_BATCH));
        drain(() -> locks.purge(now.minus(COUNTERS_KEPT), ROWS_PER_BATCH));
        drain(() -> codes.purge(now.minus(CODES_KEPT), ROWS_PER_BATCH));
        drain(() -> refusals.purge(now.minus(COUNTERS_KEPT), ROWS_PER_BATCH));
        drain(() -> limits.purge(now.minus(COUNTERS_KEPT), ROWS_PER_BATCH));
    }

    private static void drain(IntSupplier batch) {
        int batches = 0;
        while (batches < BATCHES_MAX && batch.getAsInt() == ROWS_PER_BATCH) {
            batches++;
        }
    }
}
