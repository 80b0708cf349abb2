package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditEntry;
import io.bursar.jobs.JobView;
import io.bursar.jobs.Jobs;
import io.bursar.platform.Secrets;
import io.bursar.platform.Settings;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A scheduler outside makes jobs due, and nobody else does. */
class CronTest {
    private static final String RUNS = "/api/cron/jobs/verify-books/runs";
    private final TestBursar bursar = TestBursar.shared();

    @BeforeEach
    void a_minute_of_its_own() {
        bursar.clock().forward(Duration.ofMinutes(1));
    }

    @Test
    void whoever_knows_the_secret_makes_a_job_due_and_that_is_audited() {
        await().untilAsserted(() -> assertThat(runs()).isPositive());
        long before = runs();

        HttpResponse<String> answer = scheduler().json("POST", RUNS, "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).contains("\"job\":\"verify-books\"");
        await().untilAsserted(() -> assertThat(runs()).isGreaterThan(before));
        assertThat(bursar.bean(Audit.class).entries("job/verify-books", null, 1).items())
                .extracting(AuditEntry::actor, AuditEntry::action)
                .containsExactly(tuple("system/cron", "job.run_requested"));
        assertThat(scheduler()
                        .json("POST", "/api/cron/jobs/no-such-job/runs", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_wrong_secret_a_missing_one_and_a_key_of_another_kind_are_refused_alike() {
        String almost = TestBursar.CRON_SECRET.substring(1) + "x";
        HttpResponse<String> missing = bursar.browser().json("POST", RUNS, "");
        for (String wrong : new String[] {almost, TestBursar.CRON_SECRET + "x", "", " ", "x".repeat(5_000)}) {
            HttpResponse<String> answer =
                    bursar.browser().with(CronSecret.HEADER, wrong).json("POST", RUNS, "");
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body().replaceAll("\"requestId\":\"[^\"]*\"", ""))
                    .isEqualTo(missing.body().replaceAll("\"requestId\":\"[^\"]*\"", ""))
                    .contains("X-Cron-Secret");
        }
        assertThat(bursar.admin().json("POST", RUNS, "").statusCode()).isEqualTo(401);
    }

    @Test
    void without_the_setting_nobody_is_a_scheduler() {
        IdentitySettings none = new IdentitySettings(new Settings(Map.of()));
        CronSecret secret = new CronSecret(none, bursar.bean(Secrets.class));
        assertThat(secret.authenticate("")).isEmpty();
        assertThat(secret.authenticate(UUID.randomUUID().toString())).isEmpty();
    }

    @Test
    void the_secret_opens_nothing_else() {
        assertThat(scheduler().get("/api/v1/ledger/accounts").statusCode()).isEqualTo(401);
        assertThat(scheduler().get("/console").statusCode()).isEqualTo(303);
    }

    private Browser scheduler() {
        return bursar.browser().with(CronSecret.HEADER, TestBursar.CRON_SECRET);
    }

    private long runs() {
        return bursar.bean(Jobs.class).list().stream()
                .filter(job -> job.name().equals("verify-books"))
                .mapToLong(JobView::runs)
                .findFirst()
                .orElseThrow();
    }
}
