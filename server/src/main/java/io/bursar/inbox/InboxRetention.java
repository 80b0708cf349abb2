package io.bursar.inbox;

import io.bursar.platform.Retention;
import io.bursar.platform.RetentionStore;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class InboxRetention {
    private static final Duration COUNTS_KEPT = Duration.ofDays(400);
    private final Duration kept;

    InboxRetention(InboxSettings settings) {
        kept = settings.kept();
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
