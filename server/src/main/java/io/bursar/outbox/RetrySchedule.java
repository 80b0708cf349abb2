package io.bursar.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When an event is tried again: at once, then after growing pauses for three days and three hours, each up to a tenth
 * longer by chance so that what failed together does not come back together. What a receiver asks for by {@code
 * Retry-After} is honoured up to a day, but never shortens a pause.
 */
final class RetrySchedule {
    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));
    static final int ATTEMPTS_MAX = PAUSES.size() + 1;
    static final int JITTER_PARTS = 1_000;
    private static final int JITTER_SHARE = 10;
    private static final Duration RETRY_AFTER_MAX = Duration.ofHours(24);

    private RetrySchedule() {}

    /**
     * The instant of the next attempt, empty when there is none.
     *
     * @param made attempts of this round, the failed one included
     * @param jitter by chance, 0 to {@link #JITTER_PARTS}
     */
    static Optional<Instant> next(int made, Instant now, @Nullable Duration retryAfter, int jitter) {
        if (made >= ATTEMPTS_MAX) {
            return Optional.empty();
        }
        Duration pause = PAUSES.get(made - 1);
        if (retryAfter != null && retryAfter.compareTo(pause) > 0) {
            pause = retryAfter.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : retryAfter;
        }
        return Optional.of(now.plus(pause).plus(pause.multipliedBy(jitter).dividedBy(JITTER_PARTS * JITTER_SHARE)));
    }
}
