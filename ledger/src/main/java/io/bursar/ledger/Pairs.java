package io.bursar.ledger;

import io.bursar.ledger.Outcome.Duplicate;
import io.bursar.ledger.Outcome.OutcomeUnknown;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.Rejected;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Posts pairs: the first half in a transaction of its own, then the second, or what takes the first back, in another.
 * Whoever died in between is finished by a repeat, because each half has its own reference. Repeats of one pair wait
 * for each other before the second transaction, so that one cannot take back what the other completes.
 */
final class Pairs {
    private final DataSource dataSource;
    private final Function<Posting, Outcome> submit;
    private final JoinedPosting joined;
    private final UuidV7 ids;

    Pairs(DataSource dataSource, Function<Posting, Outcome> submit, JoinedPosting joined, UuidV7 ids) {
        this.dataSource = dataSource;
        this.submit = submit;
        this.joined = joined;
        this.ids = ids;
    }

    PairOutcome submit(PairedPosting pair) {
        return switch (submit.apply(pair.first())) {
            case Posted posted -> completed(pair, posted);
            case Duplicate(Posted original) -> completed(pair, original);
            case Rejected rejected -> new PairOutcome.Refused(rejected);
            case OutcomeUnknown(String message) -> new PairOutcome.Unknown(message);
        };
    }

    private PairOutcome completed(PairedPosting pair, Posted first) {
        Submission second = Submission.of(pair.second(), ids);
        try {
            return Sql.writeAgain(dataSource, connection -> complete(connection, pair, first, second));
        } catch (LedgerUnavailableException away) {
            return new PairOutcome.Unknown("the second half may be missing: " + away.getMessage());
        }
    }

    private PairOutcome complete(Connection connection, PairedPosting pair, Posted first, Submission second)
            throws SQLException {
        PairStore store = new PairStore(connection);
        store.lock(pair);
        Optional<String> reversed = store.reversed(pair);
        if (reversed.isPresent()) {
            return new PairOutcome.Reversed(reversed.get());
        }
        Savepoint before = connection.setSavepoint();
        return switch (joined.post(connection, second)) {
            case Posted posted -> new PairOutcome.Paired(first, posted);
            case Duplicate(Posted original) -> new PairOutcome.Paired(first, original);
            case OutcomeUnknown(String message) -> new PairOutcome.Unknown(message);
            case Rejected rejected
            when rejected.reason() == RejectionReason.REFERENCE_CONFLICT -> new PairOutcome.Refused(rejected);
            case Rejected rejected -> {
                connection.rollback(before);
                yield reverse(connection, pair, rejected);
            }
        };
    }

    /** The locks of the second book are gone with the savepoint, so those of the first can be taken in any order. */
    private PairOutcome reverse(Connection connection, PairedPosting pair, Rejected second) {
        String why = second.reason() + ": " + second.message();
        return switch (joined.post(connection, Submission.of(pair.reversal(why), ids))) {
            case Posted _, Duplicate _ -> new PairOutcome.Reversed(why);
            case Rejected reversal -> new PairOutcome.Stranded(second, reversal);
            case OutcomeUnknown(String message) -> new PairOutcome.Unknown(message);
        };
    }

    Page<UnpairedPair> unpaired(BookId first, BookId second, String cursor, int limit) {
        List<UnpairedPair> found = Sql.read(
                dataSource, connection -> new PairStore(connection).unpaired(first, second, cursor, limit + 1));
        return Page.cut(found, limit, pair -> pair.pair().value());
    }
}
