package io.bursar.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetCalendarTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01",
                "2026-04-03",
                "2026-04-06",
                "2026-05-01",
                "2026-12-25",
                "2025-12-26", // its holidays
                "2024-03-29",
                "2024-04-01",
                "2025-04-18",
                "2025-04-21",
                "2027-03-26",
                "2038-04-26",
                "2019-04-22",
                "2026-03-07",
                "2026-03-08" // a weekend
            })
    void nothing_is_published_on_weekends_and_holidays(LocalDate day) {
        assertThat(TargetCalendar.isTargetDay(day)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-01-02", "2026-04-02", "2026-04-07", "2026-05-14", "2026-05-25", "2026-12-24", "2026-12-31"
            })
    void other_countries_holidays_are_ordinary_days(LocalDate day) {
        assertThat(TargetCalendar.isTargetDay(day)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-04, 2026-03-03", // Wednesday: Tuesday
        "2026-03-03, 2026-03-02", // Tuesday: Monday
        "2026-03-02, 2026-02-27", // Monday: Friday
        "2026-03-07, 2026-03-05", // Saturday: the last is Friday, so Thursday
        "2026-03-08, 2026-03-05", // Sunday: the same
        "2026-04-07, 2026-04-02", // the Tuesday after Easter: Maundy Thursday
        "2026-04-06, 2026-04-01", // Easter Monday: the last is Thursday, so Wednesday
        "2027-01-01, 2026-12-30", // New Year
        "2026-12-28, 2026-12-24" // the Monday after Christmas
    })
    void the_last_day_but_one_skips_them(LocalDate today, LocalDate lastButOne) {
        assertThat(TargetCalendar.lastButOne(today)).isEqualTo(lastButOne);
    }
}
