package io.bursar.sandbox.evm;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A block for every second of the clock. After a jump of the clock, or a pause between two starts, the chain does not
 * make up for all of it: enough blocks follow to make what was waiting final, and time goes on from there.
 */
final class Ticker implements AutoCloseable {
    private static final long POLL_MILLISECONDS = 100;
    private static final long CATCH_UP_BLOCKS_MAX = 12;

    private final Chain chain;
    private final NodeFaults faults;
    private final Clock clock;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sandbox-blocks").factory());

    Ticker(Chain chain, NodeFaults faults, Clock clock) {
        this.chain = chain;
        this.faults = faults;
        this.clock = clock;
    }

    void start() {
        var _ = executor.scheduleWithFixedDelay(this::tick, 0, POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
        executor.close();
    }

    private void tick() {
        long now = clock.instant().getEpochSecond();
        long last = chain.read(view -> view.blocks().head().timestamp());
        long from = Math.max(last + 1, now - CATCH_UP_BLOCKS_MAX + 1);
        for (long time = from; time <= now && !faults.stalled(); time++) {
            chain.mine(time);
        }
    }
}
