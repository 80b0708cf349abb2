package io.bursar.fx;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Set;

/** The days on which the Eurosystem settles and the ECB publishes: weekdays other than its six holidays. */
final class TargetCalendar {
    /** The ECB's days begin in Frankfurt. */
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static final Set<MonthDay> FIXED_HOLIDAYS = Set.of(
            MonthDay.of(Month.JANUARY, 1),
            MonthDay.of(Month.MAY, 1),
            MonthDay.of(Month.DECEMBER, 25),
            MonthDay.of(Month.DECEMBER, 26));
    private static final int GOOD_FRIDAY_TO_EASTER_DAYS = 2;

    private TargetCalendar() {}

    /**
     * The TARGET day before the last one. Rates appear in the afternoon, so until then the newest there can be are of
     * the previous TARGET day; anything older is stale.
     */
    static LocalDate lastButOne(LocalDate today) {
        return lastUpTo(lastUpTo(today).minusDays(1));
    }

    static boolean isTargetDay(LocalDate day) {
        LocalDate easter = easterSunday(day.getYear());
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !FIXED_HOLIDAYS.contains(MonthDay.from(day))
                && !day.equals(easter.minusDays(GOOD_FRIDAY_TO_EASTER_DAYS))
                && !day.equals(easter.plusDays(1));
    }

    private static LocalDate lastUpTo(LocalDate day) {
        LocalDate last = day;
        while (!isTargetDay(last)) {
            last = last.minusDays(1);
        }
        return last;
    }

    /** The Gregorian computus as Meeus gives it; its letters are kept because they are how it is known. */
    private static LocalDate easterSunday(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int g = (8 * b + 13) / 25;
        int h = (19 * a + b - b / 4 - g + 15) % 30;
        int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int monthAndDay = h + l - 7 * m + 114;
        return LocalDate.of(year, monthAndDay / 31, monthAndDay % 31 + 1);
    }
}
