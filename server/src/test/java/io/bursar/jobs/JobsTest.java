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
import java.util.concurrent.atomic.AtomicInteger;
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
        await().untilAsserted(() -> assertThat(view("verify-books").runs()).isPositive());
        long runs = view("verify-books").runs();

        await().until(() -> jobs.runNow("verify-books") == RunRequest.DUE);

        await().untilAsserted(() -> assertThat(view("verify-books").runs()).isGreaterThan(runs));
        assertThat(view("verify-books").nextRun())
                .isAfter(bursar.clock().instant().plus(Duration.ofHours(5)));
        assertThat(jobs.runs("verify-books")).hasSizeGreaterThan(1);
        assertThat(jobs.runNow("no-such-job")).isEqualTo(RunRequest.UNKNOWN);
    }

    @Test
    void what_runs_every_second_is_summed_up_by_the_hour_and_its_failures_are_kept() {
        String often = unique("often");
        for (int i = 0; i < JobStore.FAILURES_PER_HOUR_MAX + 5; i++) {
            runner().run(job(often, Duration.ofSeconds(1), () -> {
                throw new IllegalStateException("broken");
            }));
            runner().run(job(often, Duration.ofSeconds(1), () -> {}));
        }

        assertThat(jobs.hours(often).stream().mapToLong(JobHour::runs).sum()).isEqualTo(50);
        assertThat(jobs.hours(often).stream().mapToLong(JobHour::failures).sum())
                .isEqualTo(25);
        assertThat(jobs.runs(often))
                .as("the full hour may lie between them")
                .hasSizeBetween(JobStore.FAILURES_PER_HOUR_MAX, JobStore.FAILURES_PER_HOUR_MAX + 5)
                .allSatisfy(run -> assertThat(run.failure()).isEqualTo("java.lang.IllegalStateException"));
    }

    @Test
    void what_a_run_records_carries_its_id() {
        String broken = unique("broken");
        runner().run(job(broken, () -> {
            throw new IllegalStateException("broken");
        }));

        assertThat(errorOf(broken).requestId())
                .isEqualTo(jobs.runs(broken).getFirst().idText())
                .startsWith("run_");
    }

    @Test
    void a_paused_job_does_nothing_until_it_is_resumed() {
        String name = unique("paused");
        AtomicInteger done = new AtomicInteger();
        Job job = job(name, done::incrementAndGet);
        JobStore store = bursar.bean(JobStore.class);
        store.pause(new JobPause(name, "a test", "test", bursar.clock().instant()));

        runner().run(job);
        assertThat(done).hasValue(0);
        assertThat(store.histories()).doesNotContainKey(name);

        assertThat(jobs.resume(name)).isTrue();
        assertThat(jobs.resume(name)).as("a second time").isFalse();
        runner().run(job);
        assertThat(done).hasValue(1);
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

    private static String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static Job job(String name, Runnable work) {
        return job(name, Duration.ofHours(1), work);
    }

    static Job job(String name, Duration interval, Runnable work) {
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
                return interval;
            }

            @Override
            public void run() {
                work.run();
            }
        };
    }
}
