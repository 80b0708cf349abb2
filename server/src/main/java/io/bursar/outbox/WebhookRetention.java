package io.bursar.outbox;

import io.bursar.platform.Retention;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebhookRetention {
    @Bean
    Retention webhookEventRetention(WebhookRetentionStore events, WebhookSettings settings) {
        return new Retention(
                List.of("outbox.event", "outbox.delivery", "outbox.attempt"),
                "Webhook events, from the last attempt to deliver them on",
                settings.kept(),
                events::delete,
                events::past);
    }
}
