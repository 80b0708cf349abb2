package io.bursar.mail;

import io.bursar.platform.Retention;
import io.bursar.platform.RetentionStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is still queued never ends, and so is never deleted. */
@Configuration(proxyBeanMethods = false)
class MailRetention {
    @Bean
    Retention sentMailRetention(RetentionStore rows, MailSettings settings) {
        return rows.rows("mail.message", "Mail, from its sending or giving up on", settings.kept(), "finished_at");
    }
}
