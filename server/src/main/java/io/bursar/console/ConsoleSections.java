package io.bursar.console;

import io.bursar.consolespi.ConsoleSection;
import io.bursar.identity.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ConsoleSections {
    @Bean
    ConsoleSection todaySection() {
        return new ConsoleSection(ConsoleSection.Group.TOP, "Today", TodayPage.PATH, 0);
    }

    @Bean
    ConsoleSection settingsSection() {
        return new ConsoleSection(ConsoleSection.Group.OPERATE, "Settings", SettingsPage.PATH, 990, Role.ADMIN);
    }
}
