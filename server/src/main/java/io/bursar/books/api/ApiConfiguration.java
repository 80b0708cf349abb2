package io.bursar.books.api;

import io.bursar.platform.BodyAllowance;
import io.bursar.platform.Gate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ApiConfiguration {
    static final Gate POSTINGS = Gate.leadingInward(
            "ledger-postings",
            "Ledger API postings",
            "Holders of keys post nothing and are told to come back; they go on reading.");

    private static final int BULK_BODY_BYTES_MAX = 4 * 1024 * 1024;

    @Bean
    Gate ledgerPostingsGate() {
        return POSTINGS;
    }

    @Bean
    BodyAllowance bulkBodies() {
        return new BodyAllowance(BulkApi.PATH, BULK_BODY_BYTES_MAX);
    }
}
