package io.bursar.console;

import io.bursar.errorlog.ErrorCount;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How often one code happens.
 *
 * @param hours of the last 24, the present one last
 * @param usualOfDay a day's worth of the six days before
 */
record ErrorRate(String code, List<Long> hours, long usualOfDay, Instant lastHour) {
    static final Duration COMPARED = Duration.ofDays(7);
    private static final int HOURS = 24;
    private static final int DAYS_BEFORE = 6;
    /** So many times the usual is unusual, unless it is few all the same. */
    private static final int TIMES_USUAL = 3;

    private static final int FEW = 10;
    private static final int BAR_HEIGHT = 20;
    private static final int BAR_WIDTH = 4;

    /** One bar of the picture, in its own units. */
    record Bar(int x, int y, int height) {}

    static ErrorRate of(String code, List<ErrorCount> counts, Instant now) {
        Instant thisHour = now.truncatedTo(ChronoUnit.HOURS);
        Map<Instant, Long> byHour =
                counts.stream().collect(Collectors.toMap(ErrorCount::hour, ErrorCount::count, Long::sum));
        List<Long> hours = IntStream.range(0, HOURS)
                .mapToObj(index -> byHour.getOrDefault(thisHour.minus(Duration.ofHours(HOURS - 1L - index)), 0L))
                .toList();
        Instant day = thisHour.minus(Duration.ofHours(HOURS - 1L));
        long before = counts.stream()
                .filter(count -> count.hour().isBefore(day))
                .mapToLong(ErrorCount::count)
                .sum();
        Instant last =
                counts.stream().map(ErrorCount::hour).max(Instant::compareTo).orElse(thisHour);
        return new ErrorRate(code, hours, before / DAYS_BEFORE, last);
    }

    public long ofDay() {
        return hours.stream().mapToLong(Long::longValue).sum();
    }

    public long ofThisHour() {
        return hours.getLast();
    }

    public boolean isUnusual() {
        return ofDay() > Math.max(FEW, TIMES_USUAL * usualOfDay);
    }

    public List<Bar> bars() {
        long most = hours.stream().mapToLong(Long::longValue).max().orElse(0);
        return IntStream.range(0, HOURS)
                .filter(index -> hours.get(index) > 0)
                .mapToObj(index -> bar(index, most))
                .toList();
    }

    /** The picture in words, for those who do not see it. */
    public String words() {
        return ofDay() + " in 24 hours, " + ofThisHour() + " of them in this hour; usual: " + usualOfDay + " a day";
    }

    private Bar bar(int index, long most) {
        int height = Math.toIntExact(Math.max(1, hours.get(index) * BAR_HEIGHT / most));
        return new Bar(index * BAR_WIDTH, BAR_HEIGHT - height, height);
    }
}
