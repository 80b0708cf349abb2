package io.bursar.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptanceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // what it says | last good | verdict
                "1.0876          | -      | good",
                "1.0876          | 1.0801 | good",
                "1.2             | 1.0    | good",
                "0.8             | 1.0    | good",
                "1.2000000001    | 1.0    | jumped",
                "0.7999999999    | 1.0    | jumped",
                "108.76          | 1.0876 | jumped",
                "-               | 1.0876 | no longer names",
                "0               | 1.0876 | zero",
                "0.0000          | -      | zero",
                "-1.0876         | 1.0876 | not a positive decimal",
                "NaN             | 1.0876 | not a positive decimal",
                "Infinity        | -      | not a positive decimal",
                "1e3             | -      | not a positive decimal",
                "1,0876          | -      | not a positive decimal",
                "''              | 1.0876 | not a positive decimal",
                "0x1             | -      | not a positive decimal",
                "1.08765432109   | -      | not a positive decimal",
                "12345678901     | -      | not a positive decimal",
                "١.٠             | -      | not a positive decimal"
            })
    void what_is_no_rate_is_refused_in_a_sentence(
            @Nullable String text, @Nullable BigDecimal lastGood, String expected) {
        switch (Acceptance.decide(text, lastGood, 20)) {
            case Acceptance.Verdict.Good(BigDecimal rate) -> {
                assertThat(expected).isEqualTo("good");
                assertThat(rate).isEqualByComparingTo(String.valueOf(text));
            }
            case Acceptance.Verdict.Refused(String reason) ->
                assertThat(reason).contains(expected).endsWith(".").isPrintable();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // day of the feed | newest kept | today | verdict
                "2026-03-03 | -          | 2026-03-03 | good",
                "2026-03-02 | 2026-03-02 | 2026-03-03 | good",
                "2026-03-02 | 2026-03-03 | 2026-03-03 | went back",
                "2026-02-27 | -          | 2026-03-03 | stale",
                "2026-02-27 | -          | 2026-03-02 | good",
                "2026-03-04 | -          | 2026-03-03 | future"
            })
    void a_day_that_is_not_the_newest_is_refused(
            LocalDate asOf, @Nullable LocalDate newest, LocalDate today, String expected) {
        assertThat(Acceptance.dayRefusal(asOf, newest, today).orElse("good")).contains(expected);
    }
}
