package io.bursar.identity;

import io.bursar.platform.Retention;
import io.bursar.platform.RetentionStore;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What identity forgets. A session is old from its end on, so none that lives is ever deleted. */
@Configuration(proxyBeanMethods = false)
class IdentityRetention {
    private static final Duration SESSIONS_KEPT = Duration.ofDays(14);
    private static final Duration COUNTERS_KEPT = Duration.ofDays(7);
    private static final Duration CODES_KEPT = Duration.ofDays(1);
    /** Longer than the cookie that names a browser lives. */
    private static final Duration BROWSERS_KEPT = Duration.ofDays(400);

    @Bean
    Retention sessionRetention(RetentionStore rows) {
        return rows.rows("identity.session", "Sessions, from their end on", SESSIONS_KEPT, "expires_at");
    }

    /** A lock that is in force is old only when it has ended. */
    @Bean
    Retention loginLockRetention(RetentionStore rows) {
        return rows.rows(
                "identity.login_lock",
                "Sign-in locks, from their end or the last failure on",
                COUNTERS_KEPT,
                "greatest(updated_at, locked_until)");
    }

    @Bean
    Retention rateLimitRetention(RetentionStore rows) {
        return rows.rows("identity.rate_limit_bucket", "Rate-limit counters, a row a minute", COUNTERS_KEPT, "minute");
    }

    @Bean
    Retention refusalRetention(RetentionStore rows) {
        return rows.rows(
                "identity.refusal", "Keys and clients turned away, from the end of it on", COUNTERS_KEPT, "until");
    }

    @Bean
    Retention emailCodeRetention(RetentionStore rows) {
        return rows.rows("identity.email_code", "Sign-in codes, from their end on", CODES_KEPT, "expires_at");
    }

    @Bean
    Retention operatorBrowserRetention(RetentionStore rows) {
        return rows.rows(
                "identity.known_device",
                "Browsers of operators, from the last sign-in on",
                BROWSERS_KEPT,
                "last_used_at");
    }

    @Bean
    Retention portalBrowserRetention(RetentionStore rows) {
        return rows.rows(
                "identity.portal_device",
                "Browsers of merchants, from the last sign-in on",
                BROWSERS_KEPT,
                "last_used_at");
    }
}
