package io.bursar.ledger;

import io.bursar.ledger.ExpiryStore.Due;
import io.bursar.ledger.ExpiryStore.Position;
import io.bursar.ledger.Outcome.Duplicate;
import io.bursar.ledger.Outcome.Posted;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Lets go what has expired. Each hold and lot has one posting, whose reference is made from its id, so that it posts
 * once however many nodes find it; whether it is really due, posting decides under the locks.
 *
 * <p>What is due is gone through in rounds, a bounded piece at each call, and what cannot be let go (its account of
 * lapses may be full) is passed over until the next round. A round leaves out what earlier rounds have finished with;
 * it looks back a while, because a hold may become visible some time after it has expired.
 */
final class Expiry {
    private static final Duration LOOK_BACK = Duration.ofDays(1);
    private static final String ACTOR = "system/expiry";

    private final DataSource dataSource;
    private final Clock clock;
    private final Function<Posting, Outcome> submit;
    private final Round holds = new Round(ExpiryStore::holds);
    private final Round lots = new Round(ExpiryStore::lots);

    Expiry(DataSource dataSource, Clock clock, Function<Posting, Outcome> submit) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.submit = submit;
    }

    /** Answers how many holds and lots were let go, of at most {@code limit} each. */
    synchronized int expireDue(int limit) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return holds.advance(now, limit) + lots.advance(now, limit);
    }

    private interface Search {
        List<Due> find(ExpiryStore store, Position after, Instant from, Instant now, int limit) throws SQLException;
    }

    private final class Round {
        private final Search search;
        private Instant from = Instant.EPOCH;
        private Position position = Position.START;
        private @Nullable Instant begun;
        private @Nullable Instant earliestLeft;

        private Round(Search search) {
            this.search = search;
        }

        int advance(Instant now, int limit) {
            begun = begun == null ? now : begun;
            List<Due> found = Sql.read(
                    dataSource, connection -> search.find(new ExpiryStore(connection), position, from, now, limit));
            int gone = 0;
            for (Due due : found) {
                position = due.position();
                gone += letGo(due) ? 1 : 0;
            }
            if (found.size() < limit) {
                finish(begun);
            }
            return gone;
        }

        private boolean letGo(Due due) {
            BookId book = new BookId(due.position().book());
            Outcome outcome = submit.apply(Posting.of(book, due.reference(), ACTOR, "", due.leg()));
            if (!(outcome instanceof Posted) && !(outcome instanceof Duplicate)) {
                Instant left = due.position().expiresAt();
                earliestLeft = earliestLeft == null || left.isBefore(earliestLeft) ? left : earliestLeft;
            }
            return outcome instanceof Posted;
        }

        private void finish(Instant roundBegun) {
            Instant finished = roundBegun.minus(LOOK_BACK);
            from = earliestLeft != null && earliestLeft.isBefore(finished) ? earliestLeft : finished;
            position = Position.START;
            begun = null;
            earliestLeft = null;
        }
    }
}
