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
    ConsoleSection jobsSection() {
        return new ConsoleSection(ConsoleSection.Group.OPERATE, "Jobs", JobsPage.PATH, 910);
    }

    @Bean
    ConsoleSection errorsSection() {
        return new ConsoleSection(ConsoleSection.Group.OPERATE, "Errors", ErrorsPage.PATH, 920);
    }

    @Bean
    ConsoleSection mailSection() {
        return new ConsoleSection(ConsoleSection.Group.OPERATE, "Mail", MailPage.PATH, 930, Role.SUPPORT);
    }

    @Bean
    ConsoleSection limitsSection() {
        return new ConsoleSection(ConsoleSection.Group.OPERATE, "Limits", LimitsPage.PATH, 935);
    }

    @Bean
    ConsoleSection auditSection() {
        return new ConsoleSection(ConsoleSection.Group.OPERATE, "Audit", AuditPage.PATH, 940);
    }

    @Bean
    ConsoleSection approvalsSection() {
        return new ConsoleSection(ConsoleSection.Group.OPERATE, "Approvals", ApprovalsPage.PATH, 905);
    }

    @Bean
    ConsoleSection operatorsSection() {
        return new ConsoleSection(ConsoleSection.Group.OPERATE, "Operators", OperatorsPage.PATH, 980, Role.ADMIN);
    }

    @Bean
    ConsoleSection settingsSection() {
        return new ConsoleSection(ConsoleSection.Group.OPERATE, "Settings", SettingsPage.PATH, 990, Role.ADMIN);
    }
}
