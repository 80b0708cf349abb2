package io.bursar.inbox;

import io.bursar.platform.Measurement;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How much waits, and for how long. */
@Configuration(proxyBeanMethods = false)
class InboxMeters {
    @Bean
    Measurement inboxWaiting(InboxMeterStore store) {
        return new Measurement("bursar.inbox.waiting", "Events that are not settled", store::countWaiting);
    }

    @Bean
    Measurement inboxLag(InboxMeterStore store) {
        return new Measurement(
                "bursar.inbox.lag.seconds", "For how long the oldest due one has been due", store::lagSeconds);
    }
}
