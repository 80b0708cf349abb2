package io.bursar.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What becomes of an event after an attempt: decided here, without a database. */
sealed interface AfterAttempt {
    /** Growing pauses over seventeen hours, each up to a tenth longer by chance: what failed together spreads out. */
    List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(12));

    int ATTEMPTS_MAX = PAUSES.size() + 1;
    int JITTER_PARTS = 1_000;
    int JITTER_SHARE = 10;

    /** Its end. */
    record Settled() implements AfterAttempt {}

    record Again(Instant at) implements AfterAttempt {}

    /** Left for an operator. */
    record Parked() implements AfterAttempt {}

    /**
     * @param made attempts of this round, this one included
     * @param jitter by chance, 0 to {@link #JITTER_PARTS}
     */
    static AfterAttempt decide(Result result, int made, Instant now, int jitter) {
        return switch (result.kind()) {
            case APPLIED, IGNORED -> new Settled();
            case REFUSED -> new Parked();
            case NOT_YET, UNAVAILABLE, FAILED, LOST -> {
                if (made >= ATTEMPTS_MAX) {
                    yield new Parked();
                }
                Duration pause = PAUSES.get(made - 1);
                Duration more = pause.multipliedBy(jitter).dividedBy(JITTER_PARTS * JITTER_SHARE);
                yield new Again(now.plus(pause).plus(more));
            }
        };
    }
}
