package io.bursar.mail;

import io.bursar.platform.Gate;
import io.bursar.platform.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MailConfiguration {
    static final SealedColumn BODY = new SealedColumn("mail.message", "id", "body_sealed");

    @Bean
    SealedColumn mailBodies() {
        return BODY;
    }

    @Bean
    Gate mailGate() {
        return SendMail.GATE;
    }
}
