package io.bursar.ledger;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Turns callers who submit one item at a time into batches. There is no timer: a worker takes whatever is waiting,
 * works on it as one batch, answers everybody in it and takes whatever has come meanwhile. A single caller waits for
 * nobody, and the more callers there are the larger the batches. When so much waits that the next batch is not
 * much smaller, it is begun while the one before it is being finished.
 *
 * <p>Every item has a key, such as the tenant it belongs to. Keys take turns, one item each, so that many items under
 * one key do not get in the way of a single item under another: that one is in the next batch. Items under one key
 * are taken in the order in which they came.
 *
 * <p>A batch ends at a weight, and an item that alone weighs more than that still goes, at most one to a batch. What
 * may wait is limited by weight too, and one key may have no more waiting than there is room left for others: beyond
 * that an item is refused at once, never kept.
 *
 * <p>The work has to have done either all of a batch or, when it throws, nothing. A batch that fails is split in
 * halves until the item that makes it fail is alone, and only that one gets the failure. No caller is left without an
 * answer and no failure ends a worker.
 */
public final class GroupCommit<T, R> implements AutoCloseable {
    private static final int WORKERS = 2;

    /** Two small batches at once are slower than one after the other. */
    private static final int OVERLAPPING_WEIGHT_MIN = 32;

    private final Settings<T> settings;
    private final Work<T, R> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ReentrantLock beginning = new ReentrantLock();
    private final Turns<Entry> turns;
    private final List<Thread> workers;
    private int underWay;
    private int lastWeight;
    private long batchesTaken;
    private long itemsTaken;
    private boolean closed;

    /** Begins to work on a batch. Batches are begun one at a time, in the order in which they were taken. */
    @FunctionalInterface
    public interface Work<T, R> {
        Begun<R> begin(List<T> batch);

        /** Returns when a batch should be taken; what comes until then is in it. */
        default void awaitTurn() {}

        /** Work that is over before the next is begun. */
        static <T, R> Work<T, R> whole(Function<List<T>, List<R>> work) {
            return batch -> {
                List<R> results = work.apply(batch);
                return () -> results;
            };
        }
    }

    /** A batch that was begun: the rest of the work, which answers as many results in the order of the items. */
    @FunctionalInterface
    public interface Begun<R> {
        List<R> finish();
    }

    /**
     * @param name names the workers' threads
     * @param batchWeightMax where a batch ends
     * @param waitingWeightMax how much may wait
     * @param weight what an item weighs, at least 1
     * @param splits whether a batch that failed like this may hold an item that is to blame; otherwise all of it fails
     */
    public record Settings<T>(
            String name,
            int batchWeightMax,
            int waitingWeightMax,
            ToIntFunction<T> weight,
            Predicate<Throwable> splits) {}

    /** Too much is waiting, or this was closed. The item was not taken; trying again later may help. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    public GroupCommit(Settings<T> settings, Work<T, R> work) {
        this.settings = settings;
        this.work = work;
        turns = new Turns<>(settings.batchWeightMax(), settings.waitingWeightMax());
        workers = IntStream.rangeClosed(1, WORKERS)
                .mapToObj(number -> Thread.ofPlatform()
                        .name(settings.name() + " worker " + number)
                        .daemon()
                        .start(this::workUntilClosed))
                .toList();
    }

    /**
     * The answer to an item, when there is one. Cancelling it withdraws an item that still waits; one that is being
     * worked on cannot be cancelled any more. What is attached to the future runs on a worker's thread and so has
     * to be short, or attached with {@code …Async}.
     *
     * @throws RefusedException when too much is waiting or this is closed
     */
    public CompletableFuture<R> submit(Object key, T item) {
        Entry entry = new Entry(key, item, settings.weight().applyAsInt(item));
        lock.lock();
        try {
            if (closed) {
                throw new RefusedException(settings.name() + ": closed (expected: open)");
            }
            if (!turns.add(entry)) {
                throw new RefusedException("%s: %d of %d waiting (expected: room for %d more)"
                        .formatted(settings.name(), turns.weight(), settings.waitingWeightMax(), entry.weight));
            }
            if (isWork()) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        return entry;
    }

    /** Batches and items that were taken, and the weight of what waits. */
    public record Activity(long batches, long items, int waitingWeight) {}

    public Activity activity() {
        lock.lock();
        try {
            return new Activity(batchesTaken, itemsTaken, turns.weight());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Finishes what waits, refuses what comes later and returns when the last item is answered. When a batch fails
     * that no item is to blame for, the rest is refused.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        for (Thread worker : workers) {
            interrupted |= awaitEnd(worker);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean awaitEnd(Thread worker) {
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    private final class Entry extends CompletableFuture<R> implements Turns.Item {
        private final Object key;
        private final T item;
        private final int weight;

        Entry(Object key, T item, int weight) {
            this.key = key;
            this.item = item;
            this.weight = weight;
        }

        @Override
        public Object key() {
            return key;
        }

        @Override
        public int weight() {
            return weight;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            lock.lock();
            try {
                return turns.remove(this) ? super.cancel(mayInterruptIfRunning) : isCancelled();
            } finally {
                lock.unlock();
            }
        }
    }

    private void workUntilClosed() {
        while (awaitWork()) {
            try {
                answer(this::take);
            } finally {
                finished();
            }
        }
    }

    /** Answers false when there is nothing to do and never will be. */
    private boolean awaitWork() {
        lock.lock();
        try {
            while (!isWork()) {
                if (closed && turns.isEmpty()) {
                    return false;
                }
                changed.awaitUninterruptibly();
            }
            underWay++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** While a batch is under way, only another one that is not much smaller. */
    private boolean isWork() {
        if (underWay == 0) {
            return !turns.isEmpty();
        }
        return !turns.isShared() && turns.weight() >= Math.max(OVERLAPPING_WEIGHT_MIN, lastWeight / 2);
    }

    private void finished() {
        lock.lock();
        try {
            underWay--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private List<Entry> take() {
        lock.lock();
        try {
            List<Entry> batch = turns.take();
            lastWeight = batch.stream().mapToInt(Entry::weight).sum();
            batchesTaken += batch.isEmpty() ? 0 : 1;
            itemsTaken += batch.size();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void answer(Supplier<List<Entry>> source) {
        List<Entry> batch = List.of();
        List<R> results;
        try {
            Begun<R> begun;
            beginning.lock();
            try {
                work.awaitTurn();
                batch = source.get();
                if (batch.isEmpty()) {
                    return;
                }
                Thread.interrupted();
                begun = work.begin(batch.stream().map(entry -> entry.item).toList());
            } finally {
                beginning.unlock();
            }
            results = begun.finish();
        } catch (Throwable failure) {
            fail(batch, failure);
            return;
        }
        if (results.size() != batch.size()) {
            refuse(batch, new IllegalStateException(results.size() + " answers to " + batch.size() + " items"));
            return;
        }
        for (int index = 0; index < batch.size(); index++) {
            batch.get(index).complete(results.get(index));
        }
    }

    private void fail(List<Entry> batch, Throwable failure) {
        boolean splits = settings.splits().test(failure);
        if (splits && batch.size() > 1) {
            int half = batch.size() / 2;
            answer(() -> batch.subList(0, half));
            answer(() -> batch.subList(half, batch.size()));
            return;
        }
        refuse(batch, failure);
        if (!splits) {
            refuseRestWhenClosed();
        }
    }

    private void refuseRestWhenClosed() {
        lock.lock();
        try {
            while (closed && !turns.isEmpty()) {
                refuse(turns.take(), new RefusedException(settings.name() + ": closed before this item's turn"));
            }
        } finally {
            lock.unlock();
        }
    }

    private void refuse(List<Entry> batch, Throwable failure) {
        batch.forEach(entry -> entry.completeExceptionally(failure));
    }
}
