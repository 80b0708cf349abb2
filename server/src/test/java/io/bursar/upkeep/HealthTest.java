package io.bursar.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.TestBursar;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.jdbc.datasource.AbstractDataSource;

class HealthTest {
    @Test
    void anyone_may_ask_and_a_working_node_says_ok() {
        var answer = TestBursar.shared().browser().get("/api/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"status\":\"ok\"", "\"database\":\"ok\"", "\"version\":");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void a_database_that_hangs_is_told_within_a_second() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        HealthApi health = health(new Connections(() -> {
            hanging.await();
            throw new SQLException("gone");
        }));

        var started = System.nanoTime();
        var answer = health.health();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getBody()).isEqualTo(new HealthApi.HealthJson("degraded", "unavailable", "not packaged"));
        hanging.countDown();
    }

    @Test
    void a_database_that_refuses_is_told() throws InterruptedException {
        HealthApi health = health(new Connections(() -> {
            throw new SQLException("refused");
        }));
        assertThat(health.health().getStatusCode().value()).isEqualTo(503);
        assertThat(health.ready().getStatusCode().value()).isEqualTo(503);
        assertThat(health.live().getStatusCode().value()).isEqualTo(200);
    }

    @Test
    void a_working_node_is_alive_and_ready_until_it_stops() {
        TestBursar bursar = TestBursar.shared();
        assertThat(bursar.browser().get("/api/health/live").body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(bursar.browser().get("/api/health/ready").statusCode()).isEqualTo(200);
        AvailabilityChangeEvent.publish(bursar.context(), ReadinessState.REFUSING_TRAFFIC);
        try {
            assertThat(bursar.browser().get("/api/health/ready").statusCode()).isEqualTo(503);
            assertThat(bursar.browser().get("/api/health/live").statusCode()).isEqualTo(200);
        } finally {
            AvailabilityChangeEvent.publish(bursar.context(), ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    private static HealthApi health(DataSource database) {
        return new HealthApi(database, TestBursar.shared().bean(ApplicationAvailability.class));
    }

    private interface Opening {
        Connection open() throws SQLException, InterruptedException;
    }

    private static final class Connections extends AbstractDataSource {
        private final Opening opening;

        private Connections(Opening opening) {
            this.opening = opening;
        }

        @Override
        public Connection getConnection() throws SQLException {
            try {
                return opening.open();
            } catch (InterruptedException stopped) {
                throw new SQLException(stopped);
            }
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }
}
