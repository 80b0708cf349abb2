package io.bursar.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bursar.Floors;
import io.bursar.errorlog.ErrorLog;
import io.bursar.jobs.JobView.State;
import io.bursar.platform.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several nodes on one schedule of their own: their runs, their deaths, and what never gets done. */
class SharedScheduleTest {
    private static final Duration HEARTBEAT = Duration.ofMillis(200);

    /** Without a node of its own. */
    private final Floors floors =
            Floors.start(Map.of(), context -> context.removeBeanDefinition("jobs"), "errorlog", "jobs");

    private final String name = "shared-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<Jobs> nodes = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
        nodes.stream().filter(Jobs::isRunning).forEach(Jobs::stop);
        floors.close();
    }

    @Test
    void of_two_nodes_one_at_a_time_runs_a_job() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger together = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        Job job = JobsTest.job(name, Duration.ofMillis(1), () -> {
            together.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            runs.incrementAndGet();
            underWay.decrementAndGet();
        });

        node("one", job).start();
        node("two", job).start();

        await().atMost(Duration.ofSeconds(30)).until(() -> runs.get() >= 10);
        assertThat(together).hasValue(1);
    }

    @Test
    void what_a_dead_node_was_running_another_begins_anew() {
        AtomicInteger runs = new AtomicInteger();
        Jobs survivor = node("survivor", JobsTest.job(name, Duration.ofHours(1), runs::incrementAndGet));
        pickedByTheDead();

        survivor.start();

        await().atMost(Duration.ofSeconds(30)).until(() -> runs.get() == 1);
        await().until(() -> survivor.find(name).orElseThrow().state() == State.DONE);
    }

    @Test
    void a_node_that_is_alone_takes_up_at_once_what_it_was_running_when_it_was_killed() {
        AtomicInteger runs = new AtomicInteger();
        Jobs again = node(new JobNode("alone", true, Duration.ofHours(1)), name, runs::incrementAndGet);
        pickedByTheDead();

        again.start();

        await().atMost(Duration.ofSeconds(10)).until(() -> runs.get() == 1);
    }

    @Test
    void a_run_that_does_not_end_is_seen_and_not_begun_a_second_time() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        Jobs node = node(new JobNode("hanging", false, Duration.ofMinutes(1)), hanging(() -> {
            runs.incrementAndGet();
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }));
        node.start();
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

        await().until(() -> node.find(name).orElseThrow().state() == State.HANGING);
        JobView view = node.find(name).orElseThrow();
        assertThat(view.node()).isEqualTo("hanging");
        assertThat(view.unwell()).isTrue();
        assertThat(node.runNow(name)).isEqualTo(RunRequest.RUNNING);
        assertThat(runs).hasValue(1);
    }

    @Test
    void a_job_that_no_node_begins_is_late() {
        Jobs node = node("idle", JobsTest.job(name, Duration.ofHours(1), () -> {}));
        assertThat(node.find(name).orElseThrow().state()).isEqualTo(State.NEVER);

        scheduled("false", "NULL", "NULL", Duration.ofMinutes(2));

        assertThat(node.find(name).orElseThrow().state()).isEqualTo(State.LATE);
        assertThat(node.find(name).orElseThrow().unwell()).isTrue();
    }

    private Job hanging(Runnable work) {
        Job job = JobsTest.job(name, Duration.ofHours(1), work);
        return new Job() {
            @Override
            public String name() {
                return job.name();
            }

            @Override
            public String purpose() {
                return job.purpose();
            }

            @Override
            public Duration interval() {
                return job.interval();
            }

            @Override
            public Duration durationMax() {
                return Duration.ofMillis(1);
            }

            @Override
            public void run() {
                job.run();
            }
        };
    }

    private Jobs node(JobNode node, String job, Runnable work) {
        return node(node, JobsTest.job(job, Duration.ofHours(1), work));
    }

    private Jobs node(String node, Job job) {
        return node(new JobNode(node, false, HEARTBEAT), job);
    }

    private Jobs node(JobNode node, Job job) {
        JobStore store = floors.bean(JobStore.class);
        JobRunner runner = new JobRunner(store, floors.bean(ErrorLog.class), node, floors.clock());
        Jobs jobs = new Jobs(List.of(job), runner, store, node, floors.bean(DataSource.class), floors.clock());
        nodes.add(jobs);
        return jobs;
    }

    private void pickedByTheDead() {
        scheduled("true", "'dead'", "now() - interval '1 hour'", Duration.ofHours(1));
    }

    /** As a node left it in the schedule. */
    private void scheduled(String picked, String by, String heartbeat, Duration dueAgo) {
        floors.sql()
                .sql("""
                        INSERT INTO jobs.scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by,
                          last_heartbeat, version)
                        VALUES (:name, 'recurring', :due, %s, %s, %s, 1)
                        """.formatted(picked, by, heartbeat))
                .param("name", name)
                .param("due", java.sql.Timestamp.from(floors.clock().instant().minus(dueAgo)))
                .update();
    }
}
