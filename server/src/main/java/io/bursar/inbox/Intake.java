package io.bursar.inbox;

import io.bursar.inbox.Receipt.Busy;
import io.bursar.inbox.Receipt.Duplicate;
import io.bursar.inbox.Receipt.Kept;
import io.bursar.ledger.GroupCommit;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Keeps events durably, those that come at the same time in one write. Accounts take turns, so that a flood under one
 * does not keep another waiting, and what waits is bounded: beyond that an event is refused at once and comes again.
 */
@Component
class Intake implements AutoCloseable {
    static final int BATCH_WEIGHT_MAX = 256;
    static final int WAITING_WEIGHT_MAX = 4_096;
    private static final int BYTES_A_WEIGHT = 4_096;
    private static final Duration WAIT_MAX = Duration.ofSeconds(8);

    private final GroupCommit<NewEvent, Receipt> commits;

    Intake(IntakeStore store) {
        commits = new GroupCommit<>(
                new GroupCommit.Settings<>(
                        "inbox",
                        BATCH_WEIGHT_MAX,
                        WAITING_WEIGHT_MAX,
                        event -> 1 + event.body().length / BYTES_A_WEIGHT,
                        failure -> !(failure instanceof DataAccessResourceFailureException)),
                batch -> () -> keep(store, batch));
    }

    /** Returns once the event is on disk, or it is certain enough that it has to come again. */
    Receipt keep(NewEvent event) {
        return await(submit(event));
    }

    /** The same for many, which are written together; answered in their order. */
    List<Receipt> keep(List<NewEvent> events) {
        return events.stream().map(this::submit).toList().stream()
                .map(Intake::await)
                .toList();
    }

    private CompletableFuture<Receipt> submit(NewEvent event) {
        try {
            return commits.submit(event.key(), event);
        } catch (GroupCommit.RefusedException full) {
            return CompletableFuture.completedFuture(new Busy());
        }
    }

    private static Receipt await(CompletableFuture<Receipt> answer) {
        try {
            return answer.get(WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            answer.cancel(false);
            return new Busy();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Busy();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof GroupCommit.RefusedException) {
                return new Busy();
            }
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        commits.close();
    }

    private static List<Receipt> keep(IntakeStore store, List<NewEvent> batch) {
        Set<UUID> fresh = store.keep(batch);
        return batch.stream()
                .<Receipt>map(event -> fresh.contains(event.id()) ? new Kept(event.id()) : new Duplicate())
                .toList();
    }
}
