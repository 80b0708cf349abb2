package io.bursar.mail;

import io.bursar.platform.Gate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MailConfiguration {
    @Bean
    Gate mailGate() {
        return SendMail.GATE;
    }
}
