package io.bursar.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * When a posting is recorded and when it takes effect. {@code askedDate} is the effective date that was asked for, when
 * its period was closed already and the posting is dated on the day it is recorded instead.
 */
record Dating(
        Instant postedAt, LocalDate effectiveDate, @Nullable LocalDate askedDate) {

    /** The dating of a posting recorded at this instant; null when its date lies in a closed period. */
    static @Nullable Dating of(Posting posting, Instant postedAt, @Nullable LocalDate closedThrough) {
        LocalDate wanted = wanted(posting, postedAt);
        if (isOpen(wanted, closedThrough)) {
            return new Dating(postedAt, wanted, null);
        }
        LocalDate today = day(postedAt);
        boolean redate = posting.late() == Posting.LateDate.REDATE && isOpen(today, closedThrough);
        return redate ? new Dating(postedAt, today, wanted) : null;
    }

    /** The effective date of a posting recorded at this instant, if its period is open. */
    static LocalDate wanted(Posting posting, Instant postedAt) {
        LocalDate asked = posting.effectiveDate();
        return asked == null ? day(postedAt) : asked;
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static boolean isOpen(LocalDate date, @Nullable LocalDate closedThrough) {
        return closedThrough == null || date.isAfter(closedThrough);
    }
}
