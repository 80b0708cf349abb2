package io.bursar.outbox;

import io.bursar.errorlog.ErrorLog;
import io.bursar.ledger.GroupCommit;
import io.bursar.outbox.AfterAttempt.Again;
import io.bursar.outbox.AfterAttempt.Delivered;
import io.bursar.outbox.AfterAttempt.GivenUp;
import io.bursar.outbox.AfterAttempt.Unwanted;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes down what attempts came to, those that end at the same time in one transaction. When everything arrived, as it
 * usually does, that is one statement; what failed may change its endpoint, which is looked at one by one.
 */
@Component
class Results implements AutoCloseable {
    /** Room for all that is leased, though it be of one endpoint: nobody may fill more than half. */
    private static final int WAITING_MAX = 2 * Courier.LEASED_MAX;

    private static final int BATCH_MAX = 256;

    private final ResultStore store;
    private final EndpointStore endpoints;
    private final Notices notices;
    private final TransactionTemplate transactions;
    private final ErrorLog errors;
    private final Clock clock;
    private final GroupCommit<Result, Written> commits;

    Results(
            ResultStore store,
            EndpointStore endpoints,
            Notices notices,
            TransactionTemplate transactions,
            ErrorLog errors,
            Clock clock) {
        this.store = store;
        this.endpoints = endpoints;
        this.notices = notices;
        this.transactions = transactions;
        this.errors = errors;
        this.clock = clock;
        commits = new GroupCommit<>(
                new GroupCommit.Settings<>(
                        "outbox",
                        BATCH_MAX,
                        WAITING_MAX,
                        result -> 1,
                        failure -> !(failure instanceof DataAccessResourceFailureException)),
                batch -> () -> written(batch));
    }

    enum Written {
        KEPT,
        /** And its endpoint was disabled by it. */
        KEPT_AND_DISABLED,
        /** The lease ran out meanwhile: another node has the delivery and tells of it. */
        LOST
    }

    /** What an attempt was and what becomes of its delivery. */
    record Result(Claimed claimed, Sender.Sent sent, Instant roundBeganAt, AfterAttempt after) {
        /** @param jitter by chance, 0 to {@link RetrySchedule#JITTER_PARTS} */
        static Result of(Claimed claimed, Sender.Sent sent, Instant now, int jitter) {
            Instant roundBeganAt = Objects.requireNonNullElse(claimed.roundBeganAt(), sent.at());
            AfterAttempt after = AfterAttempt.decide(
                    sent.reply().finding(),
                    claimed.step() + 1,
                    roundBeganAt,
                    now,
                    sent.reply().retryAfter(),
                    jitter);
            return new Result(claimed, sent, roundBeganAt, after);
        }

        /** Whether an operator should know of it. */
        boolean isToBeTold(Written written) {
            return written == Written.KEPT_AND_DISABLED || (written == Written.KEPT && after instanceof GivenUp);
        }

        UUID endpointId() {
            return claimed.endpointId();
        }

        Finding finding() {
            return sent.reply().finding();
        }
    }

    CompletableFuture<Written> write(Result result) {
        try {
            return commits.submit(result.endpointId(), result);
        } catch (GroupCommit.RefusedException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Puts it into the error log. */
    void tell(Result result, Written written) {
        String then = written == Written.KEPT_AND_DISABLED
                ? "It was disabled; its events are kept."
                : "A delivery was given up.";
        errors.record(
                "webhook_failing",
                "Endpoint %s: %s. %s"
                        .formatted(result.endpointId(), result.finding().word(), then),
                result.claimed().owner());
    }

    @Override
    public void close() {
        commits.close();
    }

    private List<Written> written(List<Result> batch) {
        List<Result> failed = batch.stream()
                .filter(result -> !(result.after() instanceof Delivered))
                .sorted(Comparator.comparing(Result::endpointId))
                .toList();
        if (failed.isEmpty()) {
            Set<UUID> kept = store.keep(batch);
            return batch.stream()
                    .map(result -> kept.contains(result.claimed().deliveryId()) ? Written.KEPT : Written.LOST)
                    .toList();
        }
        List<Result> disabling = new ArrayList<>();
        Set<UUID> kept = Objects.requireNonNull(transactions.execute(status -> {
            disabling.clear();
            endpoints.lock(batch.stream().map(Result::endpointId).distinct().toList());
            Set<UUID> ids = store.keep(batch);
            failed.stream()
                    .filter(result -> ids.contains(result.claimed().deliveryId()))
                    .filter(this::disables)
                    .forEach(disabling::add);
            return ids;
        }));
        return batch.stream()
                .map(result -> {
                    if (!kept.contains(result.claimed().deliveryId())) {
                        return Written.LOST;
                    }
                    return disabling.contains(result) ? Written.KEPT_AND_DISABLED : Written.KEPT;
                })
                .toList();
    }

    private boolean disables(Result result) {
        UUID id = result.endpointId();
        endpoints.failed(id, result.sent().at());
        Instant now = clock.instant();
        boolean disabled = switch (result.after()) {
            case Delivered delivered -> false;
            case Again again -> endpoints.disableIfFailing(id, again.failingBefore(), now);
            case GivenUp givenUp -> endpoints.disableIfFailing(id, givenUp.failingBefore(), now);
            case Unwanted unwanted -> endpoints.disable(id, "gone", now);
        };
        if (disabled) {
            notices.disabled(id, result.finding());
        }
        return disabled;
    }
}
