package io.bursar.outbox;

import io.bursar.consolespi.ConsoleSection;
import io.bursar.platform.Gate;
import io.bursar.platform.SealedColumn;
import java.net.InetAddress;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OutboxConfiguration {
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
        return new WebhookClient(clock, WebhookClient.ATTEMPT_MAX, Courier.IN_FLIGHT_MAX);
    }

    @Bean
    SealedColumn signingSecrets() {
        return SealedSecrets.PRESENT;
    }

    @Bean
    SealedColumn previousSigningSecrets() {
        return new SealedColumn(SealedSecrets.PRESENT.table(), SealedSecrets.PRESENT.key(), "previous_secret_sealed");
    }

    @Bean
    ConsoleSection webhooksSection() {
        return new ConsoleSection(ConsoleSection.Group.OPERATE, "Webhooks out", "/console/webhooks", 410);
    }
}
