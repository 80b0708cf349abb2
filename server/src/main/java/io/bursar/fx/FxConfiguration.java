package io.bursar.fx;

import io.bursar.consolespi.ConsoleSection;
import io.bursar.platform.Gate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FxConfiguration {
    @Bean
    RateSource rateSource(FxSettings settings) {
        return new EcbSource(settings.url());
    }

    @Bean
    Gate exchangeRatesGate() {
        return FetchRates.GATE;
    }

    @Bean
    ConsoleSection fxSection() {
        return new ConsoleSection(ConsoleSection.Group.OPERATE, "FX rates", "/console/fx", 420);
    }
}
