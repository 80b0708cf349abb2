package io.bursar.outbox;

import io.bursar.platform.Retention;
import io.bursar.platform.Settings;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebhookRetention {
    @Bean
    Retention webhookEventRetention(WebhookRetentionStore events, Settings settings) {
        return new Retention(
                List.of("outbox.event", "outbox.delivery", "outbox.attempt"),
                "Webhook events, from the last attempt to deliver them on",
                Duration.ofDays(settings.number("RETENTION_WEBHOOKS_DAYS", 90, 7, 3_650)),
                events::delete,
                events::past);
    }
}
