package io.bursar.identity;

import io.bursar.platform.SealedColumn;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {
    static final SealedColumn TOTP = new SealedColumn("identity.totp", "operator_id", "secret_sealed");
    static final SealedColumn EMAIL_CODE = new SealedColumn("identity.email_code", "id", "letter_sealed");

    @Bean
    SealedColumn totpSecrets() {
        return TOTP;
    }

    @Bean
    SealedColumn emailCodeLetters() {
        return EMAIL_CODE;
    }

    @Bean
    WebMvcConfigurer accessControl(
            RateLimits limits, ClientAddress addresses, StepUp stepUp, IdentitySettings settings) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new AccessInterceptor(limits, addresses, stepUp, settings));
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new PrincipalArgument());
            }
        };
    }
}
