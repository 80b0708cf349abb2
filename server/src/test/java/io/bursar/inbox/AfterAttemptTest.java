package io.bursar.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.inbox.AfterAttempt.Again;
import io.bursar.inbox.AfterAttempt.Parked;
import io.bursar.inbox.AfterAttempt.Settled;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AfterAttemptTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @EnumSource(names = {"APPLIED", "IGNORED"})
    void what_is_done_is_settled_however_often_it_was_tried(Result.Kind kind) {
        assertThat(after(kind, 1, 0)).isEqualTo(new Settled());
        assertThat(after(kind, AfterAttempt.ATTEMPTS_MAX + 1, 0)).isEqualTo(new Settled());
    }

    @Test
    void what_is_refused_is_parked_at_once() {
        assertThat(after(Result.Kind.REFUSED, 1, 0)).isEqualTo(new Parked());
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_YET", "UNAVAILABLE", "FAILED", "LOST"})
    void everything_else_comes_again_after_growing_pauses_and_is_parked_in_the_end(Result.Kind kind) {
        Duration before = Duration.ZERO;
        for (int made = 1; made < AfterAttempt.ATTEMPTS_MAX; made++) {
            Duration pause = Duration.between(NOW, ((Again) after(kind, made, 0)).at());
            assertThat(pause).isGreaterThan(before);
            assertThat(Duration.between(NOW, ((Again) after(kind, made, AfterAttempt.JITTER_PARTS)).at()))
                    .isEqualTo(pause.plus(pause.dividedBy(10)));
            before = pause;
        }
        assertThat(after(kind, AfterAttempt.ATTEMPTS_MAX, 0)).isEqualTo(new Parked());
    }

    private static AfterAttempt after(Result.Kind kind, int made, int jitter) {
        return AfterAttempt.decide(new Result(kind, ""), made, NOW, jitter);
    }
}
