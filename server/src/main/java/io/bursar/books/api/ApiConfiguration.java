package io.bursar.books.api;

import io.bursar.platform.BodyAllowance;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ApiConfiguration {
    private static final int BULK_BODY_BYTES_MAX = 4 * 1024 * 1024;

    @Bean
    BodyAllowance bulkBodies() {
        return new BodyAllowance(BulkApi.PATH, BULK_BODY_BYTES_MAX);
    }
}
