package io.bursar.identity;

import io.bursar.errorlog.ErrorLog;
import io.bursar.platform.PublicUrl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * Who is calling, and what every answer carries. Whether the caller may do what they ask is said where it is done, by
 * {@link Access}, and enforced by {@link AccessInterceptor}, which refuses every route that says nothing.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
            + "frame-ancestors 'none'; base-uri 'none'";
    private static final long HSTS_SECONDS = 31_536_000;

    @Bean
    @Order(1)
    SecurityFilterChain partnerApi(HttpSecurity http, ApiKeys keys, PublicUrl publicUrl) throws Exception {
        return bare(http.securityMatcher("/api/v1/**"), publicUrl)
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .addFilterBefore(CallerFilter.byApiKey(keys), AnonymousAuthenticationFilter.class)
                .build();
    }

    /** Providers prove themselves by what they send, and know neither keys nor cookies of ours. */
    @Bean
    @Order(2)
    SecurityFilterChain providerEvents(HttpSecurity http, PublicUrl publicUrl) throws Exception {
        return bare(http.securityMatcher("/api/webhooks/**"), publicUrl)
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain schedulers(HttpSecurity http, CronSecret secret, PublicUrl publicUrl) throws Exception {
        return bare(http.securityMatcher("/api/cron/**"), publicUrl)
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .addFilterBefore(CallerFilter.byCronSecret(secret), AnonymousAuthenticationFilter.class)
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain pages(
            HttpSecurity http,
            SessionContexts contexts,
            CsrfTokens tokens,
            Cookies cookies,
            ErrorLog errors,
            PublicUrl publicUrl)
            throws Exception {
        return bare(http, publicUrl)
                .securityContext(context -> context.securityContextRepository(contexts))
                .addFilterBefore(new CsrfFilter(tokens, cookies, errors), AnonymousAuthenticationFilter.class)
                .build();
    }

    private static HttpSecurity bare(HttpSecurity http, PublicUrl publicUrl) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers(headers, publicUrl));
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers, PublicUrl publicUrl) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(), geolocation=(), microphone=(), payment=()"))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .httpStrictTransportSecurity(hsts -> {
                    if (publicUrl.secure()) {
                        // TLS may end at a proxy, so the address people use decides, and not this connection.
                        hsts.requestMatcher(AnyRequestMatcher.INSTANCE).maxAgeInSeconds(HSTS_SECONDS);
                    } else {
                        hsts.disable();
                    }
                });
    }
}
