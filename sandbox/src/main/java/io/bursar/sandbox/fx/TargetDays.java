package io.bursar.sandbox.fx;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Set;

/** The days on which the ECB publishes rates: weekdays that are no TARGET holiday, at about 16:00 in Frankfurt. */
final class TargetDays {
    private static final ZoneId FRANKFURT = ZoneId.of("Europe/Berlin");
    private static final LocalTime PUBLISHED_AT = LocalTime.of(16, 0);
    private static final Set<MonthDay> FIXED_HOLIDAYS =
            Set.of(MonthDay.of(1, 1), MonthDay.of(5, 1), MonthDay.of(12, 25), MonthDay.of(12, 26));

    private TargetDays() {}

    /** The date of the rates in force at this instant. */
    static LocalDate published(Instant now) {
        var local = now.atZone(FRANKFURT);
        var day =
                local.toLocalTime().isBefore(PUBLISHED_AT) ? local.toLocalDate().minusDays(1) : local.toLocalDate();
        return lastOnOrBefore(day);
    }

    static LocalDate lastOnOrBefore(LocalDate date) {
        var day = date;
        while (!open(day)) {
            day = day.minusDays(1);
        }
        return day;
    }

    static boolean open(LocalDate day) {
        var easter = easterSunday(day.getYear());
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !FIXED_HOLIDAYS.contains(MonthDay.from(day))
                && !day.equals(easter.minusDays(2))
                && !day.equals(easter.plusDays(1));
    }

    /** The anonymous Gregorian computus. */
    private static LocalDate easterSunday(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int monthAndDay = h + l - 7 * m + 114;
        return LocalDate.of(year, monthAndDay / 31, monthAndDay % 31 + 1);
    }
}
