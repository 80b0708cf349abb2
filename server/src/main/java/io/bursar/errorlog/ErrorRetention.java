package io.bursar.errorlog;

import io.bursar.platform.Retention;
import io.bursar.platform.RetentionStore;
import io.bursar.platform.Settings;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ErrorRetention {
    private static final Duration COUNTS_KEPT = Duration.ofDays(400);

    @Bean
    Retention errorLineRetention(RetentionStore rows, Settings settings) {
        Duration kept = Duration.ofDays(settings.number("RETENTION_ERRORS_DAYS", 90, 1, 3_650));
        return rows.rows("errorlog.entry", "Error lines", kept, "at");
    }

    @Bean
    Retention errorCountRetention(RetentionStore rows) {
        return rows.rows("errorlog.hour", "Counts of errors by the hour", COUNTS_KEPT, "hour");
    }
}
