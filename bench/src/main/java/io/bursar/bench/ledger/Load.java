package io.bursar.bench.ledger;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Callers, each a virtual thread. In a closed loop every caller asks again as soon as it is answered, which finds the
 * throughput at a number in flight. In an open loop callers come at a fixed rate whatever happens, and each waits from
 * the moment it was <em>meant</em> to come, so that a stall counts against everybody it kept waiting.
 */
final class Load {
    private static final int DIGITS = 3;
    /** Fewer callers than these waiting at once do not mean that a rate is not carried. */
    private static final int OUTSTANDING_MIN = 1_000;

    private static final Duration STOP_MAX = Duration.ofMinutes(5);

    private Load() {}

    interface Call {
        void make(SplittableRandom random) throws Exception;
    }

    static Sample closed(int inFlight, Duration warmUp, Duration measured, Call call) {
        Run run = new Run(warmUp, measured);
        SplittableRandom seeds = new SplittableRandom();
        for (int i = 0; i < inFlight; i++) {
            SplittableRandom random = seeds.split();
            run.callers.execute(() -> run.repeat(call, random));
        }
        run.sleepUntil(run.until);
        return run.finish();
    }

    /** Ends early when callers of a whole second wait: a loop so far behind does not catch up. */
    static Sample open(int perSecond, Duration warmUp, Duration measured, Call call) {
        Run run = new Run(warmUp, measured);
        SplittableRandom seeds = new SplittableRandom();
        Semaphore outstanding = new Semaphore(Math.max(perSecond, OUTSTANDING_MIN));
        long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        for (long meant = run.begin; meant < run.until && !run.stopped; meant += interval) {
            run.sleepUntil(meant);
            if (!outstanding.tryAcquire()) {
                break;
            }
            long from = meant;
            SplittableRandom random = seeds.split();
            run.callers.execute(() -> {
                run.once(call, random, from);
                outstanding.release();
            });
        }
        return run.finish();
    }

    private static final class Run {
        private final Recorder recorder = new Recorder(DIGITS);
        private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        private final long begin = System.nanoTime();
        private final long from;
        private final long until;
        private volatile boolean stopped;

        private Run(Duration warmUp, Duration measured) {
            from = begin + warmUp.toNanos();
            until = from + measured.toNanos();
        }

        private void repeat(Call call, SplittableRandom random) {
            while (!stopped) {
                long start = System.nanoTime();
                if (make(call, random)) {
                    answered(System.nanoTime(), start);
                }
            }
        }

        /** Whoever was meant to come in the window counts, however late the answer. */
        private void once(Call call, SplittableRandom random, long meant) {
            if (make(call, random) && meant >= from) {
                recorder.recordValue(System.nanoTime() - meant);
            }
        }

        private void answered(long end, long start) {
            if (end >= from && end < until) {
                recorder.recordValue(end - start);
            }
        }

        private boolean make(Call call, SplittableRandom random) {
            try {
                call.make(random);
                return true;
            } catch (Exception failed) {
                failure.compareAndSet(null, failed);
                stopped = true;
                return false;
            }
        }

        private void sleepUntil(long moment) {
            for (long left = moment - System.nanoTime(); left > 0 && !stopped; left = moment - System.nanoTime()) {
                LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
            }
        }

        private Sample finish() {
            stopped = true;
            callers.shutdown();
            try {
                if (!callers.awaitTermination(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException("callers still wait after " + STOP_MAX);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while measuring", interrupted);
            }
            Exception failed = failure.get();
            if (failed != null) {
                throw new IllegalStateException("a measured call failed: " + failed.getMessage(), failed);
            }
            Histogram latencies = recorder.getIntervalHistogram();
            return new Sample(latencies, (until - from) / 1e9);
        }
    }
}
