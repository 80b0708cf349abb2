package io.bursar.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Posts a batch in a transaction of its own and keeps trying while trying again can help.
 *
 * <p>Trying again is also how a lost commit is looked up. The next attempt takes the same locks, and so waits for a
 * transaction that the server may still be finishing; then it reads the references, and either finds the rows of the
 * lost attempt, which carry the same ids, or knows that they will never come.
 *
 * <p>Patience is with the database, not with each batch: once it has been away for that long, every batch is tried
 * once, so that a full queue gets its answers and not each batch its own wait.
 */
final class Submitter {
    private static final int CONTENTION_ATTEMPTS_MAX = 10;

    /** A batch that is in others' way is split before one posting alone would be given up. */
    private static final int CONTENTION_ATTEMPTS_OF_BATCH_MAX = 3;

    private static final Duration PAUSE_MIN = Duration.ofMillis(5);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final PostingTransaction transaction;
    private final Duration patience;
    private volatile @Nullable Long awaySince;

    Submitter(DataSource dataSource, PostingTransaction transaction, Duration patience) {
        this.dataSource = dataSource;
        this.transaction = transaction;
        this.patience = patience;
    }

    PostingTransaction.Result submit(List<Ticket> batch, Locking locking) {
        Attempts attempts = new Attempts(batch, locking);
        Locking next = locking;
        while (true) {
            try {
                return attempt(batch, next);
            } catch (SQLException failure) {
                if (attempts.exhaustedBy(failure)) {
                    return answerWithout(batch, failure);
                }
                boolean skip = Fault.isHeldLock(failure) && !next.skipsHeld();
                next = skip ? locking.skippingHeld() : locking;
                if (!skip) {
                    attempts.pause();
                }
            }
        }
    }

    /** Whether a batch that failed may hold a posting that is to blame for it. */
    static boolean maySplit(Throwable failure) {
        return !(failure.getCause() instanceof SQLException cause)
                || switch (Fault.of(cause)) {
                    case CONTENTION, OUR_BUG -> true;
                    case CONNECTION_LOST, NO_CONNECTION_FREE -> false;
                };
    }

    /** How often has what gone wrong. */
    private final class Attempts {
        private final int contendedMax;
        private final boolean nonePosted;
        private int contended;
        private int failed;

        Attempts(List<Ticket> batch, Locking locking) {
            boolean splits = batch.size() > 1 && locking.awaited().isEmpty();
            nonePosted = batch.stream().noneMatch(Ticket::mayBePosted);
            contendedMax = splits ? CONTENTION_ATTEMPTS_OF_BATCH_MAX : CONTENTION_ATTEMPTS_MAX;
        }

        boolean exhaustedBy(SQLException failure) {
            failed++;
            return switch (Fault.of(failure)) {
                case CONTENTION -> ++contended >= contendedMax;
                case CONNECTION_LOST -> awayFor() >= patience.toNanos();
                case NO_CONNECTION_FREE -> nonePosted || awayFor() >= patience.toNanos();
                case OUR_BUG -> true;
            };
        }

        void pause() {
            int doublings = Math.min(failed - 1, 10);
            long full = Math.min(PAUSE_MIN.toMillis() << doublings, PAUSE_MAX.toMillis());
            long jittered = ThreadLocalRandom.current().nextLong(full / 2, full + 1);
            try {
                Thread.sleep(Duration.ofMillis(jittered));
            } catch (InterruptedException e) {
                // Nobody interrupts a worker on purpose, and its callers are owed an answer.
            }
        }
    }

    /** Counted from the first attempt that did not get through, so whoever comes later does not wait as long again. */
    private long awayFor() {
        long now = System.nanoTime();
        Long since = awaySince;
        if (since == null) {
            awaySince = now;
            return 0;
        }
        return now - since;
    }

    private PostingTransaction.Result attempt(List<Ticket> batch, Locking locking) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            PostingTransaction.Result result = committed(connection, batch, locking);
            Sql.restore(connection);
            awaySince = null;
            return result;
        }
    }

    private PostingTransaction.Result committed(Connection connection, List<Ticket> batch, Locking locking)
            throws SQLException {
        try {
            return transaction.postAndCommit(connection, batch, locking);
        } catch (SQLException | RuntimeException e) {
            Sql.rollBack(connection, e);
            throw e;
        }
    }

    private static PostingTransaction.Result answerWithout(List<Ticket> batch, SQLException failure) {
        if (batch.stream().noneMatch(Ticket::mayBePosted)) {
            throw Sql.failed("nothing was posted", failure);
        }
        return PostingTransaction.Result.unknown(batch, "the answer to COMMIT was lost: " + failure.getMessage());
    }
}
