package io.bursar.jobs;

import io.bursar.platform.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JobStore {
    /** Of a job that runs every second, so many failures an hour are kept one by one. */
    static final int FAILURES_PER_HOUR_MAX = 20;

    private final JdbcClient jdbc;

    JobStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds a run to what is known of its job, in one statement.
     *
     * @param kept whether it is kept as a row of its own; the first failures of an hour are, anyway
     */
    void record(JobRun run, boolean kept) {
        jdbc.sql("""
                WITH hour AS (
                  INSERT INTO jobs.hour AS h (job, hour, runs, failures, total_millis, longest_millis)
                  VALUES (:job, :hour, 1, :failed, :millis, :millis)
                  ON CONFLICT (job, hour) DO UPDATE SET runs = h.runs + 1, failures = h.failures + :failed,
                    total_millis = h.total_millis + :millis, longest_millis = greatest(h.longest_millis, :millis)
                  RETURNING failures
                ), run AS (
                  INSERT INTO jobs.run (id, job, node, started_at, duration_millis, failure)
                  SELECT :id, :job, :node, :started, :millis, :failure FROM hour
                  WHERE :kept OR (:failed = 1 AND failures <= :failuresMax)
                )
                INSERT INTO jobs.history AS known (job, runs, failures, consecutive_failures, last_started_at,
                  last_duration_millis, last_success_at, last_failure_at, last_failure)
                VALUES (:job, 1, :failed, :failed, :started, :millis,
                  CASE WHEN :failed = 0 THEN :ended END, CASE WHEN :failed = 1 THEN :ended END, :failure)
                ON CONFLICT (job) DO UPDATE SET
                  runs = known.runs + 1,
                  failures = known.failures + :failed,
                  consecutive_failures = CASE WHEN :failed = 0 THEN 0 ELSE known.consecutive_failures + 1 END,
                  last_started_at = excluded.last_started_at,
                  last_duration_millis = excluded.last_duration_millis,
                  last_success_at = coalesce(excluded.last_success_at, known.last_success_at),
                  last_failure_at = coalesce(excluded.last_failure_at, known.last_failure_at),
                  last_failure = coalesce(excluded.last_failure, known.last_failure)
                """)
                .param("id", run.id())
                .param("job", run.job())
                .param("node", run.node())
                .param("hour", Sql.time(run.started().truncatedTo(ChronoUnit.HOURS)))
                .param("failed", failed(run))
                .param("started", Sql.time(run.started()))
                .param("ended", Sql.time(run.started().plus(run.duration())))
                .param("millis", run.duration().toMillis())
                .param("failure", run.failure())
                .param("kept", kept)
                .param("failuresMax", FAILURES_PER_HOUR_MAX)
                .update();
    }

    Map<String, JobHistory> histories() {
        return jdbc
                .sql("""
                SELECT job, runs, failures, consecutive_failures, last_started_at, last_duration_millis,
                       last_success_at, last_failure_at, last_failure
                  FROM jobs.history
                """)
                .query((row, number) -> new JobHistory(
                        row.getString("job"),
                        row.getLong("runs"),
                        row.getLong("failures"),
                        row.getInt("consecutive_failures"),
                        Sql.instant(row, "last_started_at"),
                        Duration.ofMillis(row.getLong("last_duration_millis")),
                        Sql.instantOrNull(row, "last_success_at"),
                        Sql.instantOrNull(row, "last_failure_at"),
                        row.getString("last_failure")))
                .list()
                .stream()
                .collect(Collectors.toMap(JobHistory::job, Function.identity()));
    }

    List<JobRun> runs(String job, int limit) {
        return jdbc.sql("""
                SELECT id, node, started_at, duration_millis, failure FROM jobs.run
                WHERE job = :job ORDER BY started_at DESC LIMIT :limit
                """)
                .param("job", job)
                .param("limit", limit)
                .query((row, number) -> new JobRun(
                        row.getObject("id", UUID.class),
                        job,
                        row.getString("node"),
                        Sql.instant(row, "started_at"),
                        Duration.ofMillis(row.getLong("duration_millis")),
                        row.getString("failure")))
                .list();
    }

    /** Newest first. */
    List<JobHour> hours(String job, Instant since) {
        return jdbc.sql("""
                SELECT hour, runs, failures, total_millis, longest_millis FROM jobs.hour
                WHERE job = :job AND hour >= :since ORDER BY hour DESC
                """)
                .param("job", job)
                .param("since", Sql.time(since))
                .query((row, number) -> new JobHour(
                        Sql.instant(row, "hour"),
                        row.getLong("runs"),
                        row.getLong("failures"),
                        Duration.ofMillis(row.getLong("total_millis")),
                        Duration.ofMillis(row.getLong("longest_millis"))))
                .list();
    }

    /** False when it is paused already. */
    boolean pause(JobPause pause) {
        return jdbc.sql("""
                INSERT INTO jobs.pause (job, reason, paused_by, paused_at) VALUES (:job, :reason, :by, :at)
                ON CONFLICT DO NOTHING
                """)
                        .param("job", pause.job())
                        .param("reason", pause.reason())
                        .param("by", pause.by())
                        .param("at", Sql.time(pause.at()))
                        .update()
                == 1;
    }

    /** False when it is not paused. */
    boolean resume(String job) {
        return jdbc.sql("DELETE FROM jobs.pause WHERE job = :job")
                        .param("job", job)
                        .update()
                == 1;
    }

    boolean paused(String job) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM jobs.pause WHERE job = :job)")
                .param("job", job)
                .query(Boolean.class)
                .single();
    }

    Map<String, JobPause> pauses() {
        return jdbc
                .sql("SELECT job, reason, paused_by, paused_at FROM jobs.pause")
                .query((row, number) -> new JobPause(
                        row.getString("job"),
                        row.getString("reason"),
                        row.getString("paused_by"),
                        Sql.instant(row, "paused_at")))
                .list()
                .stream()
                .collect(Collectors.toMap(JobPause::job, Function.identity()));
    }

    /** Gives back what a process had that cannot live any more. */
    int releaseAll() {
        return jdbc.sql("""
                UPDATE jobs.scheduled_tasks
                SET picked = false, picked_by = NULL, last_heartbeat = NULL, version = version + 1
                WHERE picked
                """).update();
    }

    private static int failed(JobRun run) {
        @Nullable String failure = run.failure();
        return failure == null ? 0 : 1;
    }
}
