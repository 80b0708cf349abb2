package io.bursar.upkeep;

import io.bursar.platform.Retention;
import io.bursar.upkeep.PurgeStore.Begun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes what is old, so that nobody notices: a batch is a short transaction that waits for no row, between two there
 * is a pause at least twice as long as the batch took, and kinds of rows take turns, so that a million of one do not
 * keep the others from being deleted. One connection at a time is used.
 */
final class Purge {
    private static final Logger LOG = LoggerFactory.getLogger(Purge.class);
    /** A batch that takes longer is given up, with whatever it waits for. */
    private static final Duration BATCH_MAX = Duration.ofSeconds(10);

    private static final int PAUSE_FACTOR = 2;

    private final List<Retention> retentions;
    private final PurgeStore store;
    private final TransactionTemplate transactions;
    private final PurgeSettings settings;
    private final Clock clock;
    private volatile boolean stopping;

    Purge(
            List<Retention> retentions,
            PurgeStore store,
            TransactionTemplate transactions,
            PurgeSettings settings,
            Clock clock) {
        this.retentions = List.copyOf(retentions);
        this.store = store;
        this.transactions =
                new TransactionTemplate(Objects.requireNonNull(transactions.getTransactionManager()), transactions);
        this.transactions.setTimeout((int) BATCH_MAX.toSeconds());
        this.settings = settings;
        this.clock = clock;
    }

    PurgeOutcome run(Begun purge) {
        PurgeOutcome outcome = deleteAll(purge);
        store.end(purge.id(), outcome, clock.instant());
        return outcome;
    }

    /** Ends what is under way after its batch. */
    void stop() {
        stopping = true;
    }

    private PurgeOutcome deleteAll(Begun purge) {
        long end = System.nanoTime() + settings.budget().toNanos();
        Instant now = clock.instant();
        Deque<Retention> turns = new ArrayDeque<>(retentions);
        boolean hindered = false;
        while (!turns.isEmpty()) {
            if (System.nanoTime() - end >= 0) {
                return PurgeOutcome.OUT_OF_TIME;
            }
            Retention next = turns.removeFirst();
            long began = System.nanoTime();
            try {
                if (batch(purge, next, now) == purge.batchRows()) {
                    turns.addLast(next);
                }
            } catch (DataAccessException | TransactionException failed) {
                hindered = true;
                hindered(purge, next, failed);
            }
            if (stopping || !pause(Duration.ofNanos(System.nanoTime() - began))) {
                return PurgeOutcome.STOPPED;
            }
        }
        return hindered ? PurgeOutcome.HINDERED : PurgeOutcome.FINISHED;
    }

    private int batch(Begun purge, Retention retention, Instant now) {
        long began = System.nanoTime();
        return Objects.requireNonNull(transactions.execute(status -> {
            int deleted = retention.batch().delete(now.minus(retention.kept()), purge.batchRows());
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            store.deleted(purge.id(), retention.name(), deleted, took, clock.instant());
            return deleted;
        }));
    }

    /** A database that is away hinders even this from being written down; the log has it then. */
    private void hindered(Begun purge, Retention retention, RuntimeException failed) {
        LOG.warn("Rows of {} could not be deleted", retention.name(), failed);
        try {
            store.hindered(purge.id(), retention.name(), sentence(failed), clock.instant());
        } catch (DataAccessException away) {
            LOG.warn("and it could not be recorded: {}", away.toString());
        }
    }

    /** Not in the database's own words, which may hold what is in the rows. */
    private static String sentence(RuntimeException failed) {
        return switch (failed) {
            case QueryTimeoutException _, TransactionTimedOutException _ -> "A batch took longer than it may.";
            case PessimisticLockingFailureException _ -> "Somebody held a lock on the table.";
            case DataIntegrityViolationException _ -> "Something still refers to these rows.";
            default -> "The database refused: " + failed.getClass().getSimpleName() + ".";
        };
    }

    /** False when this node is shutting down. */
    private boolean pause(Duration batch) {
        Duration longer = batch.multipliedBy(PAUSE_FACTOR);
        try {
            TimeUnit.NANOSECONDS.sleep(
                    (longer.compareTo(settings.pauseMin()) > 0 ? longer : settings.pauseMin()).toNanos());
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
