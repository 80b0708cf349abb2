package io.bursar.stablecoin.web;

import io.bursar.consolespi.ConsoleSection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where this module stands in the console's navigation. */
@Configuration(proxyBeanMethods = false)
class StablecoinConsole {
    private static final int PAYMENTS_ORDER = 100;
    private static final int STABLECOIN_ORDER = 200;

    @Bean
    ConsoleSection paymentsSection() {
        return new ConsoleSection(ConsoleSection.Group.MONEY, "Payments", "/console/payments", PAYMENTS_ORDER);
    }

    @Bean
    ConsoleSection stablecoinSection() {
        return new ConsoleSection(ConsoleSection.Group.SYSTEMS, "Stablecoin", "/console/stablecoin", STABLECOIN_ORDER);
    }
}
