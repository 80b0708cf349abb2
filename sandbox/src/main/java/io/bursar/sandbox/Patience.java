package io.bursar.sandbox;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Asks again until there is an answer, for half a minute at most. */
final class Patience {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long PAUSE_NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(100);

    private Patience() {}

    static <T> T await(String what, Supplier<Optional<T>> question) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() - deadline < 0) {
            var answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            LockSupport.parkNanos(PAUSE_NANOSECONDS);
        }
        throw new IllegalStateException(what + ": still not there after " + LIMIT.toSeconds() + " s");
    }
}
