package io.bursar.jobs;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.bursar.jobs.JobView.State;
import io.bursar.platform.Job;
import io.bursar.shared.Check;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Every {@link Job} of the product, run on the database's schedule: whichever node finds one due takes it. Several
 * nodes share one schedule. A node that dies leaves its run to be found and started anew: by itself when it starts
 * again and there is no other, else by another within a minute.
 */
@Component
public class Jobs implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    /** Below the web server's phases: jobs stop after the last request is answered, and before the pool is closed. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 8_192;

    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);
    private static final Duration STOP_MAX = Duration.ofSeconds(8);
    private static final int HEARTBEATS_MISSED_MAX = 4;
    private static final int RUNS_AT_ONCE_MAX = 8;
    private static final Duration LATE_AFTER = Duration.ofMinutes(1);
    private static final int RUNS_SHOWN_MAX = 50;
    private static final Duration HOURS_SHOWN = Duration.ofHours(24);

    private final List<Job> jobs;
    private final JobStore store;
    private final JobNode node;
    private final Scheduler scheduler;
    private final Clock clock;
    private volatile boolean running;

    Jobs(List<Job> jobs, JobRunner runner, JobStore store, JobNode node, DataSource dataSource, Clock clock) {
        this.jobs = jobs.stream().sorted(Comparator.comparing(Job::name)).toList();
        Check.that(
                this.jobs.stream().map(Job::name).distinct().count() == jobs.size(),
                "two jobs have one name: %s",
                jobs);
        this.store = store;
        this.node = node;
        this.clock = clock;
        this.scheduler = scheduler(dataSource, runner);
    }

    public List<JobView> list() {
        Map<String, JobHistory> histories = store.histories();
        Map<String, JobPause> pauses = store.pauses();
        Map<String, ScheduledExecution<Object>> schedule = scheduler
                .getScheduledExecutions(ScheduledExecutionsFilter.all()) // the default leaves out what is running
                .stream()
                .collect(Collectors.toMap(run -> run.getTaskInstance().getTaskName(), Function.identity()));
        return jobs.stream()
                .map(job -> view(
                        job,
                        histories.getOrDefault(job.name(), JobHistory.none(job.name())),
                        pauses.get(job.name()),
                        schedule.get(job.name())))
                .toList();
    }

    public Optional<JobView> find(String name) {
        return list().stream().filter(job -> job.name().equals(name)).findFirst();
    }

    /** Runs that ended, newest first: all of a job that runs every minute at most, else the failures. */
    public List<JobRun> runs(String name) {
        return store.runs(name, RUNS_SHOWN_MAX);
    }

    /** What it did within a day, by the hour, newest first. */
    public List<JobHour> hours(String name) {
        return store.hours(name, clock.instant().minus(HOURS_SHOWN));
    }

    /** Makes a job due now, on whichever node is first. */
    public RunRequest runNow(String name) {
        if (unknown(name)) {
            return RunRequest.UNKNOWN;
        }
        if (store.paused(name)) {
            return RunRequest.PAUSED;
        }
        TaskInstanceId run = TaskInstanceId.of(name, RecurringTask.INSTANCE);
        boolean idle = scheduler
                .getScheduledExecution(run)
                .filter(execution -> !execution.isPicked())
                .isPresent();
        try {
            if (idle && scheduler.reschedule(run, clock.instant())) {
                scheduler.triggerCheckForDueExecutions();
                return RunRequest.DUE;
            }
        } catch (TaskInstanceException begunMeanwhile) {
            LOG.debug("Job {} was begun by a node just now", name, begunMeanwhile);
        }
        return RunRequest.RUNNING;
    }

    /**
     * Lets a job do nothing, on all nodes, until it is resumed. A run that is under way goes on to its end. For the
     * caller to audit, in the same transaction.
     *
     * @return false when there is no such job, or it is paused already
     */
    public boolean pause(String name, String by, String reason) {
        return !unknown(name) && store.pause(new JobPause(name, reason, by, clock.instant()));
    }

    /** Lets it run again when it is next due. False when it is not paused. */
    public boolean resume(String name) {
        return store.resume(name);
    }

    @Override
    public void start() {
        if (node.alone()) {
            int released = store.releaseAll();
            if (released > 0) {
                LOG.info("{} jobs were running when this node was killed; they start anew", released);
            }
        }
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

    private boolean unknown(String name) {
        return jobs.stream().noneMatch(job -> job.name().equals(name));
    }

    private Scheduler scheduler(DataSource dataSource, JobRunner runner) {
        List<RecurringTask<Void>> tasks =
                jobs.stream().map(job -> task(job, runner)).toList();
        return Scheduler.create(dataSource)
                .startTasks(tasks)
                .tableName("jobs.scheduled_tasks")
                .schedulerName(new SchedulerName.Fixed(node.name()))
                .clock(clock::instant)
                .threads(RUNS_AT_ONCE_MAX)
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("job-", 0).factory()))
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(POLL_INTERVAL)
                .heartbeatInterval(node.heartbeat())
                .missedHeartbeatsLimit(HEARTBEATS_MISSED_MAX)
                .alwaysPersistTimestampInUTC()
                .shutdownMaxWait(STOP_MAX)
                .build();
    }

    private static RecurringTask<Void> task(Job job, JobRunner runner) {
        return Tasks.recurring(job.name(), FixedDelay.of(job.interval())).execute((run, context) -> runner.run(job));
    }

    private JobView view(
            Job job, JobHistory history, @Nullable JobPause pause, @Nullable ScheduledExecution<Object> next) {
        return new JobView(
                job.name(),
                job.purpose(),
                job.interval(),
                state(job, history, pause, next),
                pause,
                next == null ? null : next.getExecutionTime(),
                next == null ? null : next.getPickedBy(),
                history.runs(),
                history.failures(),
                history.consecutiveFailures(),
                history.lastStarted(),
                history.lastDuration(),
                history.lastSuccess(),
                history.lastFailureAt(),
                history.lastFailure());
    }

    private State state(
            Job job, JobHistory history, @Nullable JobPause pause, @Nullable ScheduledExecution<Object> next) {
        Instant now = clock.instant();
        if (pause == null && next != null && next.isPicked()) {
            return next.getExecutionTime().plus(job.durationMax()).isBefore(now) ? State.HANGING : State.RUNNING;
        }
        if (pause != null) {
            return State.PAUSED;
        }
        if (next != null && next.getExecutionTime().plus(LATE_AFTER).isBefore(now)) {
            return State.LATE;
        }
        if (history.consecutiveFailures() > 0) {
            return State.FAILING;
        }
        return history.lastStarted() == null ? State.NEVER : State.DONE;
    }
}
