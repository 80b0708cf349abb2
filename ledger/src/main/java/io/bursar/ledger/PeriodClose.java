package io.bursar.ledger;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One closing of a book: nothing takes effect on or before this day any more. Closings of a book are counted from 1
 * and chained by hash.
 */
public record PeriodClose(
        BookId book, int ordinal, LocalDate through, Instant at, String actor, String reason, String hash) {

    /** Hashed over its content and the hash of the closing before it. */
    static PeriodClose chained(
            BookId book, int ordinal, LocalDate through, Instant at, String actor, String reason, Hash last) {
        Canonical canonical = new Canonical("bursar period close 1")
                .id(book.value())
                .number(ordinal)
                .number(through.toEpochDay())
                .instant(at)
                .text(actor)
                .text(reason);
        String hash = canonical.digest(last).toString();
        return new PeriodClose(book, ordinal, through, at, actor, reason, hash);
    }
}
