package io.bursar.jobs;

import io.bursar.platform.Sql;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JobStore {
    private final JdbcClient jdbc;

    JobStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void record(JobRun run) {
        jdbc.sql("""
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
                .param("job", run.job())
                .param("failed", failed(run))
                .param("started", Sql.time(run.started()))
                .param("ended", Sql.time(run.started().plus(run.duration())))
                .param("millis", run.duration().toMillis())
                .param("failure", run.failure())
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

    private static int failed(JobRun run) {
        @Nullable String failure = run.failure();
        return failure == null ? 0 : 1;
    }
}
