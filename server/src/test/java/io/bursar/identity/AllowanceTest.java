package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();

    @Test
    void a_small_limit_is_counted_one_by_one_and_exactly() {
        Allowance allowance = new Allowance();

        assertThat(allowance.take(2, this::count)).isEqualTo(1);
        assertThat(allowance.take(2, this::count)).isEqualTo(2);
        assertThat(allowance.take(2, this::count)).isGreaterThan(2);
        assertThat(written).hasValue(3);
    }

    @Test
    void a_large_limit_is_taken_in_portions_and_never_exceeded_by_two_nodes_together() {
        Allowance here = new Allowance();
        Allowance there = new Allowance();
        int allowed = 0;
        for (int call = 0; call < 6_000; call++) {
            allowed += here.take(5_000, this::count) <= 5_000 ? 1 : 0;
            allowed += there.take(5_000, this::count) <= 5_000 ? 1 : 0;
        }

        assertThat(allowed).isEqualTo(5_000);
        assertThat(writes.get()).isLessThan(1_100);
    }

    @Test
    void whoever_keeps_knocking_costs_few_writes_and_is_still_seen() {
        Allowance allowance = new Allowance();
        for (int call = 0; call < 100_000; call++) {
            allowance.take(5, this::count);
        }

        assertThat(writes.get()).isLessThan(5 + 20);
        assertThat(written.get()).isGreaterThan(50_000);
    }

    private int count(int more) {
        writes.incrementAndGet();
        return written.addAndGet(more);
    }
}
