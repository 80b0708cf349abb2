package io.bursar.inbox;

import io.bursar.platform.Retention;
import io.bursar.platform.RetentionStore;
import io.bursar.platform.Settings;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class InboxRetention {
    /** A provider's own list is read this far back at least, so nothing that is on it may be forgotten before. */
    private static final int DAYS_MIN = 7;

    private static final Duration COUNTS_KEPT = Duration.ofDays(400);
    private final Duration kept;

    InboxRetention(Settings settings) {
        kept = Duration.ofDays(settings.number("RETENTION_EVENTS_DAYS", 90, DAYS_MIN, 3_650));
    }

    @Bean
    Retention eventRetention(EventRetentionStore events) {
        return new Retention(
                List.of("inbox.event", "inbox.work", "inbox.attempt"),
                "Events from providers, from the moment they were applied or ignored on",
                kept,
                events::delete,
                events::past);
    }

    @Bean
    Retention rejectionRetention(RetentionStore rows) {
        return rows.rows("inbox.rejection", "Samples of what was turned away", kept, "at");
    }

    @Bean
    Retention rejectionCountRetention(RetentionStore rows) {
        return rows.rows("inbox.rejection_count", "Counts of what was turned away", COUNTS_KEPT, "hour");
    }
}
