package io.bursar.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A batch that was decided before its accounts were locked, in a transaction of its own. Closing it takes back what is
 * not committed.
 */
final class Foreseen implements AutoCloseable {
    private final Connection connection;
    private final Decision decision;
    private final Snapshot snapshot;
    private boolean committing;
    private Trip rest = new Trip();
    private boolean committed;

    Foreseen(Connection connection, Decision decision, Snapshot snapshot) {
        this.connection = connection;
        this.decision = decision;
        this.snapshot = snapshot;
    }

    List<Outcome> outcomes() {
        return decision.outcomes();
    }

    /** Writes what nobody sees yet, if it is many rows or there is time for it, and readies the rest. */
    void write(boolean early) throws SQLException {
        PostingStore store = new PostingStore(connection);
        boolean ahead = early || PostingStore.isMany(decision);
        if (ahead) {
            store.writeAhead(decision, snapshot);
        }
        rest = store.commit(decision, snapshot, ahead);
    }

    /** Commits, if every account is in the very state that was foreseen. */
    void commit() throws SQLException {
        committing = true;
        rest.run(connection);
        committed = true;
    }

    boolean isCommitting() {
        return committing;
    }

    @Override
    public void close() {
        if (committed) {
            end(connection, false);
        } else {
            giveUp(connection);
        }
    }

    static void giveUp(Connection connection) {
        end(connection, true);
    }

    private static void end(Connection connection, boolean rollback) {
        try (connection) {
            if (rollback) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException lost) {
            // A connection that dies here takes nothing back, and what was not committed is gone with it.
        }
    }
}
