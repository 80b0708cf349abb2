package io.bursar.outbox;

import io.bursar.platform.Measurement;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How much waits, and for how long. */
@Configuration(proxyBeanMethods = false)
class OutboxMeters {
    @Bean
    Measurement outboxWaiting(OutboxMeterStore store) {
        return new Measurement("bursar.outbox.waiting", "Deliveries that are not settled", store::countWaiting);
    }

    @Bean
    Measurement outboxLag(OutboxMeterStore store) {
        return new Measurement(
                "bursar.outbox.lag.seconds", "For how long the oldest due one has been due", store::lagSeconds);
    }
}
