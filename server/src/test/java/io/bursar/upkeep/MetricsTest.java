package io.bursar.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bursar.TestBursar;
import io.bursar.platform.Settings;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final String TOKEN = "a token for the scraper of tests";
    private static TestBursar bursar;

    @BeforeAll
    static void start() {
        bursar = TestBursar.start(Map.of("METRICS_TOKEN", TOKEN));
    }

    @AfterAll
    static void stop() {
        bursar.close();
    }

    @Test
    void without_a_token_set_there_is_no_such_page() {
        assertThat(TestBursar.shared().browser().get("/api/metrics").statusCode())
                .isEqualTo(404);
        assertThat(TestBursar.shared()
                        .browser()
                        .with("Authorization", "Bearer ")
                        .get("/api/metrics")
                        .statusCode())
                .isEqualTo(404);
        assertThat(TestBursar.shared().browser().get("/actuator/prometheus").statusCode())
                .isEqualTo(404);
    }

    @Test
    void only_who_shows_the_token_reads_them() {
        assertThat(bursar.browser().get("/api/metrics").statusCode()).isEqualTo(401);
        assertThat(bursar.browser().withKey(TOKEN + "!").get("/api/metrics").statusCode())
                .isEqualTo(401);
        assertThat(bursar.admin().get("/api/metrics").statusCode()).isEqualTo(401);
    }

    @Test
    void they_tell_of_ledger_queues_pool_requests_and_memory() {
        bursar.browser().get("/api/metrics");
        await().untilAsserted(() -> {
            HttpResponse<String> answer = bursar.browser().withKey(TOKEN).get("/api/metrics");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .containsPattern("(?m)^bursar_ledger_batches_total 0\\.0$")
                    .containsPattern("(?m)^bursar_ledger_waiting_legs 0\\.0$")
                    .containsPattern("(?m)^bursar_posting_intents_open 0\\.0$")
                    .containsPattern("(?m)^bursar_inbox_waiting 0\\.0$")
                    .containsPattern("(?m)^bursar_inbox_lag_seconds 0\\.0$")
                    .containsPattern("(?m)^bursar_outbox_waiting 0\\.0$")
                    .containsPattern("(?m)^bursar_outbox_lag_seconds 0\\.0$")
                    .containsPattern("(?m)^hikaricp_connections_active\\{pool=\"bursar\"\\} ")
                    .containsPattern("(?m)^hikaricp_connections_max\\{pool=\"bursar\"\\} 16\\.0$")
                    .containsPattern("(?m)^jvm_memory_used_bytes\\{")
                    .containsPattern("(?m)^http_server_requests_seconds_count\\{.*status=\"401\"");
        });
    }

    @Test
    void a_token_that_could_be_guessed_is_refused() {
        Settings settings = new Settings(Map.of("METRICS_TOKEN", "hush"));
        assertThat(new UpkeepSettings(settings).toString()).doesNotContain("hush");
        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith("METRICS_TOKEN: 4 characters (expected: >= 24")
                .doesNotContain("hush");
    }
}
