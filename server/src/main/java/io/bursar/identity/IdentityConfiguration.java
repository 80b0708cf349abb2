package io.bursar.identity;

import io.bursar.platform.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {
    @Bean
    IdentitySettings identitySettings(Settings settings) {
        return IdentitySettings.from(settings);
    }
}
