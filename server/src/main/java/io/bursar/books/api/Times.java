package io.bursar.books.api;

import io.bursar.platform.Problem;
import io.bursar.platform.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moments and days as callers write them, within what the ledger's rows can hold. */
final class Times {
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final int FROM_YEAR = 1970;
    private static final Instant FROM = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant BEFORE = Instant.parse("9999-01-01T00:00:00Z");

    private Times() {}

    static @Nullable Instant optional(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant = Instant.parse(text);
            if (!instant.isBefore(FROM) && instant.isBefore(BEFORE)) {
                return instant;
            }
        } catch (DateTimeException unreadable) {
            // The same problem is told below.
        }
        throw refused(field, "time_invalid", "A time is written 2026-11-21T07:50:08.769118Z, in UTC.");
    }

    static @Nullable LocalDate date(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            if (DATE.matcher(text).matches()) {
                LocalDate date = LocalDate.parse(text);
                if (date.getYear() >= FROM_YEAR) {
                    return date;
                }
            }
        } catch (DateTimeException unreadable) {
            // The same problem is told below.
        }
        throw refused(field, "date_invalid", "A day is written 2026-11-21.");
    }

    private static ProblemException refused(String field, String code, String sentence) {
        return Problem.field(field, code, sentence).asException();
    }
}
