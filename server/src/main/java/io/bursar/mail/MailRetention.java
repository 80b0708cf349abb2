package io.bursar.mail;

import io.bursar.platform.Retention;
import io.bursar.platform.RetentionStore;
import io.bursar.platform.Settings;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is still queued never ends, and so is never deleted. */
@Configuration(proxyBeanMethods = false)
class MailRetention {
    @Bean
    Retention sentMailRetention(RetentionStore rows, Settings settings) {
        Duration kept = Duration.ofDays(settings.number("RETENTION_MAIL_DAYS", 90, 1, 3_650));
        return rows.rows("mail.message", "Mail, from its sending or giving up on", kept, "finished_at");
    }
}
