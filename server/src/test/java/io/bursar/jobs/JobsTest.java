package io.bursar.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bursar.TestBursar;
import io.bursar.errorlog.ErrorEntry;
import io.bursar.errorlog.ErrorLog;
import io.bursar.platform.Job;
import io.bursar.platform.WorldFailedException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobsTest {
    private final TestBursar bursar = TestBursar.shared();
    private final Jobs jobs = bursar.bean(Jobs.class);

    @Test
    void a_job_of_seconds_runs_about_every_second_by_itself() {
        long runs = view("send-mail").runs();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(view("send-mail").runs()).isGreaterThanOrEqualTo(runs + 3));
        assertThat(view("send-mail").consecutiveFailures()).isZero();
        assertThat(view("send-mail").lastDuration()).isNotNull();
    }

    @Test
    void a_job_of_hours_can_be_run_by_hand() {
        await().untilAsserted(() -> assertThat(view("trim-error-log").runs()).isPositive());
        long runs = view("trim-error-log").runs();

        await().until(() -> jobs.runNow("trim-error-log"));

        await().untilAsserted(() -> assertThat(view("trim-error-log").runs()).isGreaterThan(runs));
        assertThat(view("trim-error-log").nextRun())
                .isAfter(bursar.clock().instant().plus(Duration.ofHours(5)));
        assertThat(jobs.runNow("no-such-job")).isFalse();
    }

    @Test
    void a_failure_is_counted_and_told_by_its_code() {
        String broken = "broken-" + UUID.randomUUID().toString().substring(0, 8);
        String away = "away-" + UUID.randomUUID().toString().substring(0, 8);

        runner().run(job(broken, () -> {
            throw new IllegalStateException("secret of a row");
        }));
        runner().run(job(away, () -> {
            throw new WorldFailedException("rpc_unavailable", true, "no answer in 10 s", null);
        }));

        assertThat(errorOf(broken).code()).isEqualTo("job_failed");
        assertThat(errorOf(broken).message()).doesNotContain("secret of a row");
        assertThat(errorOf(away).code()).isEqualTo("rpc_unavailable");
        assertThat(history(broken).consecutiveFailures()).isEqualTo(1);

        runner().run(job(broken, () -> {}));
        assertThat(history(broken).consecutiveFailures()).isZero();
        assertThat(history(broken).failures()).isEqualTo(1);
    }

    private JobHistory history(String job) {
        return bursar.bean(JobStore.class).histories().getOrDefault(job, JobHistory.none(job));
    }

    private JobRunner runner() {
        return bursar.bean(JobRunner.class);
    }

    private JobView view(String name) {
        return jobs.list().stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ErrorEntry errorOf(String job) {
        return bursar.bean(ErrorLog.class)
                .entries(null, "job/" + job, null, 1)
                .items()
                .getFirst();
    }

    private static Job job(String name, Runnable work) {
        return new Job() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String purpose() {
                return "For a test.";
            }

            @Override
            public Duration interval() {
                return Duration.ofHours(1);
            }

            @Override
            public void run() {
                work.run();
            }
        };
    }
}
