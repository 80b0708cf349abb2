package io.bursar.ledger;

import java.time.LocalDate;

/** The answer to closing a period of a book. */
public sealed interface PeriodClosing {

    record Closed(PeriodClose close) implements PeriodClosing {}

    /** The day is not over, in UTC. */
    record NotOver(LocalDate through, LocalDate today) implements PeriodClosing {}

    /** The book is closed through that day or a later one already. */
    record ClosedBefore(LocalDate through, LocalDate closedThrough) implements PeriodClosing {}

    record UnknownBook(BookId book) implements PeriodClosing {}
}
