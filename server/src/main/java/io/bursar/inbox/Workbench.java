package io.bursar.inbox;

import io.bursar.errorlog.ErrorLog;
import io.bursar.inbox.AfterAttempt.Again;
import io.bursar.inbox.AfterAttempt.Parked;
import io.bursar.inbox.AfterAttempt.Settled;
import io.bursar.inbox.WorkStore.Attempt;
import io.bursar.platform.WorldFailedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies events. Each that is under way has a virtual thread of its own: first its handler gathers, holding no
 * connection, then it applies inside the transaction that records the outcome. A node that dies between the two, or
 * before the commit, has changed nothing, and its lease runs out.
 */
final class Workbench implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workbench.class);
    static final int UNDER_WAY_MAX = 32;
    /** Applying takes database connections, which requests need more. */
    private static final int APPLYING_MAX = 4;

    private static final Duration STOP_MAX = Duration.ofSeconds(15);

    private final WorkStore store;
    private final Map<String, EventHandler<?>> handlers;
    private final TransactionTemplate transactions;
    private final ErrorLog errors;
    private final Clock clock;
    private final Semaphore slots = new Semaphore(UNDER_WAY_MAX);
    private final Semaphore applying = new Semaphore(APPLYING_MAX);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("inbox-", 0).factory());

    Workbench(
            WorkStore store,
            Map<String, EventHandler<?>> handlers,
            TransactionTemplate transactions,
            ErrorLog errors,
            Clock clock) {
        this.store = store;
        this.handlers = Map.copyOf(handlers);
        this.transactions = transactions;
        this.errors = errors;
        this.clock = clock;
    }

    void applyDue(Duration timeMax) throws InterruptedException {
        applyDue(timeMax, () -> true);
    }

    /** Begins what is due, and what becomes free to begin meanwhile, until there is nothing or the time is over. */
    void applyDue(Duration timeMax, BooleanSupplier mayBegin) throws InterruptedException {
        long end = System.nanoTime() + timeMax.toNanos();
        while (!handlers.isEmpty() && !threads.isShutdown() && mayBegin.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0 || !slots.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                return;
            }
            int more = slots.drainPermits();
            List<Leased> claimed = List.of();
            try {
                claimed = claim(1 + more);
            } finally {
                slots.release(1 + more - claimed.size());
            }
            claimed.forEach(this::begin);
            if (claimed.isEmpty()) {
                return;
            }
        }
    }

    /** Lets what is under way come to its end, for a while. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private List<Leased> claim(int limit) {
        return Objects.requireNonNull(transactions.execute(status -> {
            store.awaitTurnToClaim();
            List<Leased> claimed = store.claim(handlers.keySet(), clock.instant(), limit);
            claimed.stream().filter(Leased::lost).forEach(this::recordLost);
            return claimed;
        }));
    }

    private void recordLost(Leased leased) {
        store.insert(
                leased.event().id(), new Attempt(leased.attempts() - 1, clock.instant(), Duration.ZERO, Result.lost()));
    }

    private void begin(Leased leased) {
        try {
            threads.execute(() -> {
                try {
                    attempt(leased);
                } catch (RuntimeException notWritten) {
                    LOG.warn(
                            "Event {} was not settled; its lease will run out.",
                            leased.event().id(),
                            notWritten);
                } finally {
                    slots.release();
                }
            });
        } catch (java.util.concurrent.RejectedExecutionException stopping) {
            slots.release();
        }
    }

    private void attempt(Leased leased) {
        Instant at = clock.instant();
        long began = System.nanoTime();
        Result result;
        if (leased.step() > AfterAttempt.ATTEMPTS_MAX) {
            result = Result.lost();
        } else {
            try {
                result = handle(leased, handler(leased), at, began);
            } catch (WorldFailedException failed) {
                result = Result.of(failed);
            } catch (RuntimeException bug) {
                LOG.error("Event {} could not be applied", leased.event().id(), bug);
                result = Result.of(bug);
            } catch (Error broken) {
                LOG.error("Event {} could not be applied", leased.event().id(), broken);
                result = new Result(Result.Kind.FAILED, broken.getClass().getName());
            }
        }
        if (!result.settled()) {
            putOff(leased, new Attempt(leased.attempts(), at, since(began), result));
        }
    }

    private EventHandler<?> handler(Leased leased) {
        return Objects.requireNonNull(handlers.get(leased.event().provider()));
    }

    private <G> Result handle(Leased leased, EventHandler<G> handler, Instant at, long began) {
        G gathered = handler.gather(leased.event());
        applying.acquireUninterruptibly();
        try {
            return Objects.requireNonNull(transactions.execute(status -> {
                if (!store.hold(leased)) {
                    // Whoever has it now records what becomes of it.
                    LOG.warn(
                            "Event {} took so long that its lease was lost",
                            leased.event().id());
                    return Result.lost();
                }
                Result result = Result.of(handler.apply(leased.event(), gathered));
                if (result.settled()) {
                    Attempt attempt = new Attempt(leased.attempts(), at, since(began), result);
                    store.settle(leased, attempt, result.word(), null, clock.instant());
                } else {
                    status.setRollbackOnly();
                }
                return result;
            }));
        } finally {
            applying.release();
        }
    }

    private void putOff(Leased leased, Attempt attempt) {
        int jitter = ThreadLocalRandom.current().nextInt(AfterAttempt.JITTER_PARTS);
        AfterAttempt after = AfterAttempt.decide(attempt.result(), leased.step(), clock.instant(), jitter);
        boolean ours = Objects.requireNonNull(transactions.execute(status -> switch (after) {
            case Again(Instant next) -> store.settle(leased, attempt, "waiting", next, clock.instant());
            case Parked _ -> store.settle(leased, attempt, "parked", null, clock.instant());
            case Settled _ ->
                throw new IllegalStateException("put off: " + attempt.result() + " (expected: a failure)");
        }));
        if (ours && (after instanceof Parked || attempt.result().kind() == Result.Kind.FAILED)) {
            tell(leased, attempt.result(), after instanceof Parked);
        }
    }

    private void tell(Leased leased, Result result, boolean parked) {
        InboxEvent event = leased.event();
        errors.record(
                parked ? "event_parked" : "event_failed",
                "%s %s of %s/%s: %s. %s"
                        .formatted(
                                event.kind(),
                                event.externalId(),
                                event.provider(),
                                event.account(),
                                result.label(),
                                result.detail()),
                "inbox-event/" + event.id());
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
