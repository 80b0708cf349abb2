package io.bursar.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final Duration STALL = Duration.ofMillis(200);
    private static final long HALF_A_STALL = STALL.toNanos() / 2;

    @Test
    void a_stall_counts_against_everybody_who_was_meant_to_come_during_it() {
        AtomicInteger calls = new AtomicInteger();
        ReentrantLock one = new ReentrantLock();
        Sample sample = Load.open(200, Duration.ZERO, Duration.ofMillis(500), random -> {
            one.lock();
            try {
                if (calls.incrementAndGet() == 10) {
                    stall();
                }
            } finally {
                one.unlock();
            }
        });
        long kept = sample.latencies().getCountBetweenValues(HALF_A_STALL, Long.MAX_VALUE);
        assertThat(kept).as("callers that waited half the stall or more").isGreaterThan(10);
        assertThat(sample.latencies().getTotalCount()).isEqualTo(100);
    }

    @Test
    void a_closed_loop_keeps_the_asked_number_in_flight() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(32);
        Load.closed(32, Duration.ZERO, Duration.ofMillis(50), random -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            all.countDown();
            all.await();
            now.decrementAndGet();
        });
        assertThat(most).hasValue(32);
    }

    @Test
    void what_ends_after_the_window_is_not_counted() {
        Sample sample = Load.closed(1, Duration.ZERO, Duration.ofMillis(20), random -> stall());
        assertThat(sample.latencies().getTotalCount()).isZero();
    }

    @Test
    void a_rate_that_cannot_be_carried_ends_early() {
        CountDownLatch never = new CountDownLatch(1);
        long begin = System.nanoTime();
        Sample sample =
                Load.open(2_000, Duration.ZERO, Duration.ofSeconds(60), random -> never.await(2, TimeUnit.SECONDS));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        assertThat(sample.perSecond()).isLessThan(2_000);
    }

    @Test
    void a_call_that_fails_ends_the_measurement_with_its_reason() {
        assertThatThrownBy(() -> Load.closed(4, Duration.ZERO, Duration.ofSeconds(30), random -> {
                    throw new IllegalArgumentException("no such account");
                }))
                .hasMessageContaining("no such account");
    }

    private static void stall() {
        long until = System.nanoTime() + STALL.toNanos();
        for (long left = STALL.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
