package io.bursar.jobs;

import io.bursar.errorlog.ErrorLog;
import io.bursar.platform.Job;
import io.bursar.platform.RequestIds;
import io.bursar.platform.WorldFailedException;
import io.bursar.shared.IdText;
import io.bursar.shared.UuidV7;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * Runs one job once, unless it is paused, and writes down what became of it. A failure is recorded and ends here: the
 * next run comes. All that a run logs, records and audits carries its id.
 */
@Component
class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final int FAILURE_CHARACTERS_MAX = 500;
    /** Runs of jobs with shorter intervals are too many to be kept one by one. */
    private static final Duration KEPT_INTERVAL_MIN = Duration.ofMinutes(1);

    private final JobStore store;
    private final ErrorLog errors;
    private final JobNode node;
    private final Clock clock;

    JobRunner(JobStore store, ErrorLog errors, JobNode node, Clock clock) {
        this.store = store;
        this.errors = errors;
        this.node = node;
        this.clock = clock;
    }

    void run(Job job) {
        UUID id = UuidV7.at(clock.instant());
        MDC.put("job", job.name());
        try {
            RequestIds.during(IdText.of("run", id), () -> run(job, id));
        } finally {
            MDC.remove("job");
        }
    }

    private void run(Job job, UUID id) {
        Instant started = clock.instant();
        long startedNanos = System.nanoTime();
        @Nullable String failure = null;
        try {
            if (store.paused(job.name())) {
                return;
            }
            job.run();
        } catch (WorldFailedException worldFailed) {
            String said = String.valueOf(worldFailed.getMessage());
            failure = bounded(worldFailed.code() + ": " + said);
            errors.record(worldFailed.code(), said, "job/" + job.name());
        } catch (RuntimeException | Error bug) {
            // Its message may hold what it worked on, so only the log, which stays on this machine, has it whole.
            failure = bug.getClass().getName();
            LOG.error("Job {} failed", job.name(), bug);
            errors.bug("job_failed", bug, "job/" + job.name());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        record(new JobRun(id, job.name(), node.name(), started, took, failure), job.interval());
    }

    private void record(JobRun run, Duration interval) {
        try {
            store.record(run, interval.compareTo(KEPT_INTERVAL_MIN) >= 0);
        } catch (RuntimeException databaseAway) {
            LOG.warn("The run of {} could not be recorded: {}", run.job(), databaseAway.toString());
        }
    }

    private static String bounded(String text) {
        return text.substring(0, Math.min(text.length(), FAILURE_CHARACTERS_MAX));
    }
}
