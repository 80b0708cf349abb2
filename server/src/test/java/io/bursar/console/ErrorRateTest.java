package io.bursar.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.errorlog.ErrorCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorRateTest {
    private static final Instant NOW = Instant.parse("2026-03-08T12:30:00Z");
    private static final Instant THIS_HOUR = Instant.parse("2026-03-08T12:00:00Z");

    @Test
    void a_day_is_held_against_the_six_before() {
        ErrorRate rate = ErrorRate.of("x", List.of(count(0, 5), count(23, 7), count(24, 60), count(6 * 24, 60)), NOW);
        assertThat(rate.ofDay()).isEqualTo(12);
        assertThat(rate.ofThisHour()).isEqualTo(5);
        assertThat(rate.usualOfDay()).isEqualTo(20);
        assertThat(rate.lastHour()).isEqualTo(THIS_HOUR);
        assertThat(rate.isUnusual()).isFalse();
    }

    @Test
    void three_times_the_usual_is_unusual_unless_it_is_few() {
        assertThat(ErrorRate.of("x", List.of(count(1, 10)), NOW).isUnusual()).isFalse();
        assertThat(ErrorRate.of("x", List.of(count(1, 11)), NOW).isUnusual()).isTrue();
        List<ErrorCount> usual = new ArrayList<>(List.of(count(30, 600)));
        usual.add(count(1, 300));
        assertThat(ErrorRate.of("x", usual, NOW).isUnusual()).isFalse();
        usual.set(1, count(1, 301));
        assertThat(ErrorRate.of("x", usual, NOW).isUnusual()).isTrue();
    }

    @Test
    void the_tallest_bar_is_the_worst_hour_and_the_least_can_still_be_seen() {
        ErrorRate rate = ErrorRate.of("x", List.of(count(0, 1_000), count(23, 1)), NOW);
        assertThat(rate.bars()).containsExactly(new ErrorRate.Bar(0, 19, 1), new ErrorRate.Bar(92, 0, 20));
    }

    private static ErrorCount count(int hoursAgo, long count) {
        return new ErrorCount("x", THIS_HOUR.minus(Duration.ofHours(hoursAgo)), count);
    }
}
