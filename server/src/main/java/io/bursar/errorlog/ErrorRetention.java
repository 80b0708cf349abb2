package io.bursar.errorlog;

import io.bursar.platform.Retention;
import io.bursar.platform.RetentionStore;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ErrorRetention {
    private static final Duration COUNTS_KEPT = Duration.ofDays(400);

    @Bean
    Retention errorLineRetention(RetentionStore rows, ErrorLogSettings settings) {
        return rows.rows("errorlog.entry", "Error lines", settings.linesKept(), "at");
    }

    @Bean
    Retention errorCountRetention(RetentionStore rows) {
        return rows.rows("errorlog.hour", "Counts of errors by the hour", COUNTS_KEPT, "hour");
    }
}
