package io.bursar.gates;

import io.bursar.consolespi.ConsoleSection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GatesConfiguration {
    @Bean
    ConsoleSection gatesSection() {
        return new ConsoleSection(ConsoleSection.Group.OPERATE, "Gates", GatesPage.PATH, 902);
    }
}
