package io.bursar.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * Posts a batch in a transaction of its own and keeps trying while trying again can help.
 *
 * <p>Trying again is also how a lost commit is looked up. The next attempt takes the same locks, and so waits for a
 * transaction that the server may still be finishing; then it reads the references, and either finds the rows of the
 * lost attempt, which carry the same ids, or knows that they will never come.
 */
final class Submitter {
    private static final int CONTENTION_ATTEMPTS_MAX = 10;
    private static final int CONNECTION_ATTEMPTS_MAX = 20;
    private static final Duration PAUSE_MIN = Duration.ofMillis(5);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final PostingTransaction transaction;

    Submitter(DataSource dataSource, PostingTransaction transaction) {
        this.dataSource = dataSource;
        this.transaction = transaction;
    }

    List<Outcome> submit(List<Submission> batch) {
        Attempts attempts = new Attempts();
        while (true) {
            try {
                return attempt(batch, attempts);
            } catch (SQLException failure) {
                if (attempts.exhaustedBy(failure)) {
                    return answerWithout(batch, attempts, failure);
                }
                attempts.pause();
            }
        }
    }

    /** How often has what gone wrong, and whether a commit may have happened that nobody told us about. */
    private static final class Attempts {
        private int contended;
        private int disconnected;
        private boolean commitLost;

        boolean exhaustedBy(SQLException failure) {
            return switch (Fault.of(failure)) {
                case CONTENTION -> ++contended >= CONTENTION_ATTEMPTS_MAX;
                case CONNECTION_LOST -> ++disconnected >= CONNECTION_ATTEMPTS_MAX;
                case OUR_BUG -> true;
            };
        }

        void pause() {
            int doublings = Math.min(contended + disconnected - 1, 10);
            long full = Math.min(PAUSE_MIN.toMillis() << doublings, PAUSE_MAX.toMillis());
            long jittered = ThreadLocalRandom.current().nextLong(full / 2, full + 1);
            try {
                Thread.sleep(Duration.ofMillis(jittered));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                disconnected = CONNECTION_ATTEMPTS_MAX;
                contended = CONTENTION_ATTEMPTS_MAX;
            }
        }
    }

    private List<Outcome> attempt(List<Submission> batch, Attempts attempts) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            List<Outcome> outcomes = decided(connection, batch);
            commit(connection, attempts);
            restore(connection);
            return outcomes;
        }
    }

    private List<Outcome> decided(Connection connection, List<Submission> batch) throws SQLException {
        try {
            return transaction.post(connection, batch);
        } catch (SQLException | RuntimeException e) {
            Sql.rollBack(connection, e);
            throw e;
        }
    }

    private static void commit(Connection connection, Attempts attempts) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException failure) {
            attempts.commitLost |= Fault.of(failure) == Fault.CONNECTION_LOST;
            throw failure;
        }
    }

    /** A connection that dies after its commit was answered takes nothing back. */
    private static void restore(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException lost) {
            // The pool finds out by itself.
        }
    }

    private static List<Outcome> answerWithout(List<Submission> batch, Attempts attempts, SQLException failure) {
        if (!attempts.commitLost) {
            throw Sql.failed("nothing was posted", failure);
        }
        Outcome unknown = new Outcome.OutcomeUnknown("the answer to COMMIT was lost: " + failure.getMessage());
        return batch.stream().map(submission -> unknown).toList();
    }
}
