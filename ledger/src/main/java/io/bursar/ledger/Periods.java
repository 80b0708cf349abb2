package io.bursar.ledger;

import io.bursar.ledger.PeriodStore.Period;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Closes periods. Whoever posts shares a lock named by the book until his commit, and closing takes it alone: a posting
 * is either in before the period is closed, or it finds it closed.
 */
final class Periods {
    private final DataSource dataSource;
    private final Clock clock;

    Periods(DataSource dataSource, Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    PeriodClosing close(BookId book, LocalDate through, String actor, String reason) {
        Check.signed(actor, reason);
        return Sql.writeAgain(dataSource, connection -> close(connection, book, through, actor, reason));
    }

    private PeriodClosing close(Connection connection, BookId book, LocalDate through, String actor, String reason)
            throws SQLException {
        PeriodStore store = new PeriodStore(connection);
        Optional<Period> found = store.lock(book);
        if (found.isEmpty()) {
            return new PeriodClosing.UnknownBook(book);
        }
        Period period = found.get();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate closed = period.closedThrough();
        if (!through.isBefore(today)) {
            return new PeriodClosing.NotOver(through, today);
        }
        if (closed != null && !through.isAfter(closed)) {
            return new PeriodClosing.ClosedBefore(through, closed);
        }
        Instant at = now.isBefore(period.lastAt()) ? period.lastAt() : now;
        PeriodClose close =
                PeriodClose.chained(book, period.ordinal() + 1, through, at, actor, reason, period.lastHash());
        store.write(close);
        return new PeriodClosing.Closed(close);
    }
}
