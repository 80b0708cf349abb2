package io.bursar.mail;

import io.bursar.platform.WorldFailedException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/** The mail server of {@code SMTP_URL}. */
@Component
class SmtpSender {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int PORT_PLAIN = 25;
    private static final int PORT_TLS = 465;

    private final Optional<JavaMailSenderImpl> server;
    private final String from;

    SmtpSender(MailSettings settings) {
        this.server = settings.server().map(SmtpSender::server);
        this.from = settings.from();
    }

    boolean configured() {
        return server.isPresent();
    }

    void send(String to, String subject, String text) {
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(from);
        message.setTo(to);
        message.setSubject(subject);
        message.setText(text);
        try {
            server.orElseThrow().send(message);
        } catch (MailException refused) {
            throw new WorldFailedException("mail_unavailable", true, reason(refused), refused);
        }
    }

    /** What the mail server said, without the addresses and the text Spring's own message repeats. */
    private static String reason(MailException refused) {
        Throwable cause = refused.getMostSpecificCause();
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private static JavaMailSenderImpl server(URI uri) {
        boolean tls = "smtps".equals(uri.getScheme());
        String protocol = tls ? "smtps" : "smtp";
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setProtocol(protocol);
        sender.setHost(uri.getHost());
        sender.setPort(uri.getPort() < 0 ? tls ? PORT_TLS : PORT_PLAIN : uri.getPort());
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        Properties properties = sender.getJavaMailProperties();
        String prefix = "mail." + protocol + ".";
        String timeout = Long.toString(TIMEOUT.toMillis());
        properties.setProperty(prefix + "connectiontimeout", timeout);
        properties.setProperty(prefix + "timeout", timeout);
        properties.setProperty(prefix + "writetimeout", timeout);
        if (uri.getRawUserInfo() != null) {
            String[] login = uri.getRawUserInfo().split(":", 2);
            sender.setUsername(URLDecoder.decode(login[0], StandardCharsets.UTF_8));
            sender.setPassword(login.length > 1 ? URLDecoder.decode(login[1], StandardCharsets.UTF_8) : "");
            properties.setProperty(prefix + "auth", "true");
            // A password is only told to a server that speaks TLS.
            properties.setProperty(prefix + "starttls.required", "true");
        }
        properties.setProperty(prefix + "starttls.enable", "true");
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        return sender;
    }
}
