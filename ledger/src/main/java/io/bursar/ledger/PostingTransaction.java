package io.bursar.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/**
 * Posts a batch inside an open transaction: lock and read, decide, write. Both ways in end here, with equal outcomes.
 * The posting instant is taken after the locks, so that it follows the order in which accounts were locked.
 */
final class PostingTransaction {
    private static final int LOCK_WAIT_MS_MAX = 2_000;

    private final Clock clock;
    private final AccountIds ids = new AccountIds();

    PostingTransaction(Clock clock) {
        this.clock = clock;
    }

    List<Outcome> post(Connection connection, List<Submission> batch) throws SQLException {
        SnapshotStore snapshots = new SnapshotStore(connection);
        snapshots.prepare(LOCK_WAIT_MS_MAX);
        Snapshot snapshot = snapshots.lock(batch, ids);
        Decision decision = Decider.decide(snapshot, batch, clock.instant());
        new PostingStore(connection).write(decision, snapshot);
        return decision.outcomes();
    }
}
