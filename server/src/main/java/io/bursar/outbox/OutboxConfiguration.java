package io.bursar.outbox;

import io.bursar.consolespi.ConsoleSection;
import io.bursar.errorlog.ErrorLog;
import io.bursar.platform.Gate;
import io.bursar.platform.Gatekeeper;
import io.bursar.platform.Secrets;
import io.bursar.platform.Settings;
import java.net.InetAddress;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class OutboxConfiguration {
    @Bean
    WebhookSettings webhookSettings(Settings settings) {
        return WebhookSettings.from(settings);
    }

    @Bean
    Gate webhooksOutGate() {
        return DeliverWebhooks.GATE;
    }

    @Bean
    AddressGuard addressGuard() {
        return new AddressGuard(InetAddress::getAllByName);
    }

    @Bean
    WebhookClient webhookClient(Clock clock) {
        return new WebhookClient(clock, WebhookClient.ATTEMPT_MAX, Courier.connectionsMax());
    }

    @Bean
    Courier courier(
            DeliveryStore deliveries,
            EndpointStore endpoints,
            WebhookSettings settings,
            AddressGuard guard,
            WebhookClient client,
            Secrets secrets,
            TransactionTemplate transactions,
            ErrorLog errors,
            Gatekeeper gates,
            Clock clock) {
        return new Courier(deliveries, endpoints, settings, guard, client, secrets, transactions, errors, gates, clock);
    }

    @Bean
    ConsoleSection webhooksSection() {
        return new ConsoleSection(ConsoleSection.Group.OPERATE, "Webhooks out", "/console/webhooks", 410);
    }
}
