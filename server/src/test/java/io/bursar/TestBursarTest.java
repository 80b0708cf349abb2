package io.bursar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestBursarTest {
    @Test
    void it_serves_and_its_clock_moves() {
        TestBursar bursar = TestBursar.shared();
        Instant before = bursar.clock().instant();

        bursar.clock().forward(Duration.ofHours(1));

        assertThat(bursar.clock().instant()).isAfterOrEqualTo(before.plus(Duration.ofHours(1)));
        assertThat(bursar.browser().get("/").statusCode()).isLessThan(500);
        assertThat(bursar.ownerSql()
                        .sql("SELECT current_user")
                        .query(String.class)
                        .single())
                .isNotEqualTo(bursar.sql()
                        .sql("SELECT current_user")
                        .query(String.class)
                        .single());
    }
}
