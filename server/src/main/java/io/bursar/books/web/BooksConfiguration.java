package io.bursar.books.web;

import io.bursar.consolespi.ConsoleSection;
import io.bursar.platform.Gate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BooksConfiguration {
    @Bean
    Gate adjustmentsGate() {
        return Adjustments.GATE;
    }

    @Bean
    ConsoleSection ledgerSection() {
        return new ConsoleSection(ConsoleSection.Group.MONEY, "Ledger", LedgerPages.PATH, 190);
    }
}
