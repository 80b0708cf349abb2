package io.bursar.bench.ledger;

import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** UUIDs of version 7 that always increase, as the ledger makes them, so that a peer's index grows at its end too. */
final class TimeOrderedIds {
    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;

    private final AtomicLong last = new AtomicLong();

    UUID next() {
        return at(System.currentTimeMillis());
    }

    UUID at(long epochMilliseconds) {
        long asked = epochMilliseconds << COUNTER_BITS;
        long tick = last.accumulateAndGet(asked, (before, now) -> Math.max(before + 1, now));
        long high = ((tick >>> COUNTER_BITS) << 16) | 0x7000L | (tick & COUNTER_MASK);
        long low = (new SplittableRandom(tick).nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low);
    }
}
