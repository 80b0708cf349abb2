package io.bursar.jobs;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.bursar.platform.Job;
import io.bursar.shared.Check;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Every {@link Job} of the product, run on the database's schedule: whichever node finds one due takes it. Several
 * nodes share one schedule, and a node that dies leaves its run to be found and started anew.
 */
@Component
public class Jobs implements SmartLifecycle {
    /** Below the web server's phases: jobs stop after the last request is answered, and before the pool is closed. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 8_192;

    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);
    private static final Duration STOP_MAX = Duration.ofSeconds(8);
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final int RUNS_AT_ONCE_MAX = 8;

    private final List<Job> jobs;
    private final JobStore store;
    private final Scheduler scheduler;
    private final Clock clock;
    private volatile boolean running;

    Jobs(List<Job> jobs, JobRunner runner, JobStore store, DataSource dataSource, Clock clock) {
        this.jobs = jobs.stream().sorted(Comparator.comparing(Job::name)).toList();
        Check.that(
                this.jobs.stream().map(Job::name).distinct().count() == jobs.size(),
                "two jobs have one name: %s",
                jobs);
        this.store = store;
        this.clock = clock;
        this.scheduler = scheduler(dataSource, runner);
    }

    public List<JobView> list() {
        Map<String, JobHistory> histories = store.histories();
        Map<String, ScheduledExecution<Object>> schedule = scheduler.getScheduledExecutions().stream()
                .collect(Collectors.toMap(run -> run.getTaskInstance().getTaskName(), Function.identity()));
        return jobs.stream()
                .map(job -> view(
                        job, histories.getOrDefault(job.name(), JobHistory.none(job.name())), schedule.get(job.name())))
                .toList();
    }

    /** Makes a job due now, on whichever node is first; false when there is no such job or it is running already. */
    public boolean runNow(String name) {
        if (jobs.stream().noneMatch(job -> job.name().equals(name))) {
            return false;
        }
        TaskInstanceId run = TaskInstanceId.of(name, RecurringTask.INSTANCE);
        boolean idle = scheduler
                .getScheduledExecution(run)
                .filter(execution -> !execution.isPicked())
                .isPresent();
        if (idle && scheduler.reschedule(run, clock.instant())) {
            scheduler.triggerCheckForDueExecutions();
            return true;
        }
        return false;
    }

    @Override
    public void start() {
        scheduler.start();
        running = true;
    }

    /** Lets running jobs finish, for a while. */
    @Override
    public void stop() {
        running = false;
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private Scheduler scheduler(DataSource dataSource, JobRunner runner) {
        List<RecurringTask<Void>> tasks =
                jobs.stream().map(job -> task(job, runner)).toList();
        return Scheduler.create(dataSource)
                .startTasks(tasks)
                .tableName("jobs.scheduled_tasks")
                .clock(clock::instant)
                .threads(RUNS_AT_ONCE_MAX)
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("job-", 0).factory()))
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(POLL_INTERVAL)
                .heartbeatInterval(HEARTBEAT)
                .alwaysPersistTimestampInUTC()
                .shutdownMaxWait(STOP_MAX)
                .build();
    }

    private static RecurringTask<Void> task(Job job, JobRunner runner) {
        return Tasks.recurring(job.name(), FixedDelay.of(job.interval())).execute((run, context) -> runner.run(job));
    }

    private static JobView view(Job job, JobHistory history, @Nullable ScheduledExecution<Object> next) {
        return new JobView(
                job.name(),
                job.purpose(),
                job.interval(),
                next == null ? null : next.getExecutionTime(),
                next != null && next.isPicked(),
                history.runs(),
                history.failures(),
                history.consecutiveFailures(),
                history.lastStarted(),
                history.lastDuration(),
                history.lastSuccess(),
                history.lastFailureAt(),
                history.lastFailure());
    }
}
