package io.bursar.ledger;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes UUIDs of version 7: milliseconds, a 12-bit counter, 62 random bits. Ids of one maker always increase, even
 * while the clock stands still or steps back, so that they enter their index at its end.
 */
final class UuidV7 {
    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;

    private final Clock clock;
    private final Random random = new SecureRandom();
    private final AtomicLong last = new AtomicLong();

    UuidV7(Clock clock) {
        this.clock = clock;
    }

    UUID next() {
        long now = clock.millis() << COUNTER_BITS;
        long tick = last.accumulateAndGet(now, (before, asked) -> Math.max(before + 1, asked));
        long high = (tick >>> COUNTER_BITS) << 16 | VERSION | (tick & COUNTER_MASK);
        long low = (random.nextLong() >>> 2) | VARIANT;
        return new UUID(high, low);
    }

    /** The id some places after another: its time, and random bits that have been counted on from there. */
    static UUID following(UUID first, int places) {
        long low = ((first.getLeastSignificantBits() + places) & ~VARIANT_MASK) | VARIANT;
        return new UUID(first.getMostSignificantBits(), low);
    }
}
