package io.bursar.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.outbox.AfterAttempt.Again;
import io.bursar.outbox.AfterAttempt.Delivered;
import io.bursar.outbox.AfterAttempt.GivenUp;
import io.bursar.outbox.AfterAttempt.Unwanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AfterAttemptTest {
    private static final Instant BEGAN = Instant.parse("2026-03-02T10:00:00Z");

    @Test
    void the_whole_schedule_is_ten_attempts_over_three_days() {
        List<String> attempts = new ArrayList<>();
        Instant now = BEGAN;
        for (int made = 1; decide(Finding.ofStatus(500), made, now, null, 0) instanceof Again again; made++) {
            now = again.at();
            attempts.add(Duration.between(BEGAN, now).toString());
        }

        assertThat(attempts)
                .containsExactly(
                        "PT5S",
                        "PT5M5S",
                        "PT35M5S",
                        "PT2H35M5S",
                        "PT7H35M5S",
                        "PT17H35M5S",
                        "PT31H35M5S",
                        "PT51H35M5S",
                        "PT75H35M5S");
        assertThat(decide(Finding.ofStatus(500), 10, now, null, 0)).isEqualTo(new GivenUp(BEGAN));
    }

    @Test
    void chance_only_lengthens_a_pause_and_by_a_tenth_at_most() {
        for (int jitter = 0; jitter < RetrySchedule.JITTER_PARTS; jitter += 7) {
            Again again = (Again) decide(Finding.of(Finding.Kind.TIMEOUT), 2, BEGAN, null, jitter);
            assertThat(again.at()).isBetween(BEGAN.plusSeconds(300), BEGAN.plusSeconds(330));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 60, 60", // longer than the pause: as the receiver asks
        "2, 60, 300", // shorter than the pause: the pause
        "1, 200000, 86400" // longer than a day: a day
    })
    void what_the_receiver_asks_for_is_honoured_within_bounds(int made, int asked, int waited) {
        Again again = (Again) decide(Finding.ofStatus(429), made, BEGAN, Duration.ofSeconds(asked), 0);

        assertThat(again.at()).isEqualTo(BEGAN.plusSeconds(waited));
    }

    @Test
    void what_trying_again_cannot_help_is_final() {
        Instant tooLong = BEGAN.minus(AfterAttempt.FAILING_MAX);

        assertThat(decide(Finding.of(Finding.Kind.REFUSED_ADDRESS), 1, BEGAN, null, 0))
                .isEqualTo(new GivenUp(tooLong));
        assertThat(decide(Finding.of(Finding.Kind.REFUSED_URL), 1, BEGAN, null, 0))
                .isEqualTo(new GivenUp(tooLong));
        assertThat(decide(Finding.ofStatus(410), 1, BEGAN, null, 0)).isEqualTo(new Unwanted());
        assertThat(decide(Finding.ofStatus(204), 10, BEGAN, null, 0)).isEqualTo(new Delivered());
    }

    @ParameterizedTest
    @CsvSource({
        "200, OK, ok",
        "204, OK, ok",
        "299, OK, ok",
        "301, REDIRECT, http_301",
        "308, REDIRECT, http_308",
        "400, REFUSED, http_400",
        "401, REFUSED, http_401",
        "404, REFUSED, http_404",
        "410, GONE, http_410",
        "429, THROTTLED, http_429",
        "500, BROKEN, http_500",
        "503, BROKEN, http_503",
        "199, ODD, http_199"
    })
    void a_status_is_told_apart(int status, Finding.Kind kind, String word) {
        assertThat(Finding.ofStatus(status).kind()).isEqualTo(kind);
        assertThat(Finding.ofStatus(status).word()).isEqualTo(word);
        assertThat(Finding.parse(word).kind()).isEqualTo(kind);
        assertThat(Finding.parse(word).advice()).endsWith(".").hasSizeLessThan(250);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "120                           | 120",
                "Mon, 02 Mar 2026 10:05:00 GMT | 300",
                "Mon, 02 Mar 2026 09:00:00 GMT | -",
                "-5                            | -",
                "soon                          | -",
                "9999999999999999999           | -"
            })
    void retry_after_is_seconds_or_a_date(String header, @Nullable Long seconds) {
        assertThat(RetryAfter.parse(header, BEGAN).map(Duration::toSeconds).orElse(null))
                .isEqualTo(seconds);
    }

    private static AfterAttempt decide(
            Finding finding, int made, Instant now, @Nullable Duration retryAfter, int jitter) {
        return AfterAttempt.decide(finding, made, BEGAN, now, retryAfter, jitter);
    }
}
