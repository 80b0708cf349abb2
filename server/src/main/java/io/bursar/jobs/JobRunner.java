package io.bursar.jobs;

import io.bursar.errorlog.ErrorLog;
import io.bursar.platform.Job;
import io.bursar.platform.WorldFailedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Runs one job once and writes down what became of it. A failure is recorded and ends here: the next run comes. */
@Component
class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final int FAILURE_CHARACTERS_MAX = 500;

    private final JobStore store;
    private final ErrorLog errors;
    private final Clock clock;

    JobRunner(JobStore store, ErrorLog errors, Clock clock) {
        this.store = store;
        this.errors = errors;
        this.clock = clock;
    }

    void run(Job job) {
        Instant started = clock.instant();
        long startedNanos = System.nanoTime();
        @Nullable String failure = null;
        MDC.put("job", job.name());
        try {
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
        } finally {
            MDC.remove("job");
        }
        record(new JobRun(job.name(), started, Duration.ofNanos(System.nanoTime() - startedNanos), failure));
    }

    private void record(JobRun run) {
        try {
            store.record(run);
        } catch (RuntimeException databaseAway) {
            LOG.warn("The run of {} could not be recorded: {}", run.job(), databaseAway.toString());
        }
    }

    private static String bounded(String text) {
        return text.substring(0, Math.min(text.length(), FAILURE_CHARACTERS_MAX));
    }
}
