package io.bursar.jobs;

import io.bursar.platform.Database;
import io.bursar.platform.Retention;
import io.bursar.platform.RetentionStore;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class JobsConfiguration {
    private static final Duration RUNS_KEPT = Duration.ofDays(90);

    @Bean
    JobNode jobNode(Database database) {
        return JobNode.of(database);
    }

    @Bean
    Retention jobRunRetention(RetentionStore rows) {
        return rows.rows("jobs.run", "Runs of jobs", RUNS_KEPT, "started_at");
    }

    @Bean
    Retention jobHourRetention(RetentionStore rows) {
        return rows.rows("jobs.hour", "What jobs did by the hour", RUNS_KEPT, "hour");
    }
}
