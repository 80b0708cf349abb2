package io.bursar.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of a delivery after an attempt: decided here, without a database. */
sealed interface AfterAttempt {
    /** An endpoint without a single success for so long is disabled. */
    Duration FAILING_MAX = Duration.ofDays(5);

    record Delivered() implements AfterAttempt {}

    /** Again at {@code at}; and the endpoint is disabled if it has been failing since {@code failingBefore}. */
    record Again(Instant at, Instant failingBefore) implements AfterAttempt {}

    /** Given up; and the endpoint is disabled if nothing reached it since {@code failingBefore}. */
    record GivenUp(Instant failingBefore) implements AfterAttempt {}

    /** The receiver wants no more of anything. */
    record Unwanted() implements AfterAttempt {}

    /**
     * @param made attempts of this round, this one included
     * @param roundBeganAt when this round's first attempt was made
     */
    static AfterAttempt decide(
            Finding finding, int made, Instant roundBeganAt, Instant now, @Nullable Duration retryAfter, int jitter) {
        if (finding.delivered()) {
            return new Delivered();
        }
        if (finding.kind() == Finding.Kind.GONE) {
            return new Unwanted();
        }
        Instant tooLong = now.minus(FAILING_MAX);
        if (finding.isFinal()) {
            return new GivenUp(tooLong);
        }
        Optional<Instant> next = RetrySchedule.next(made, now, retryAfter, jitter);
        return next.isPresent() ? new Again(next.get(), tooLong) : new GivenUp(roundBeganAt);
    }
}
