package io.bursar.mail;

import io.bursar.platform.ModuleSettings;
import io.bursar.platform.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Through whom mail leaves and as whom, and how long what left is listed.
 *
 * @param server {@code smtp://user:password@host:port}, or {@code smtps://} for TLS at once; empty when none is sent
 */
@ModuleSettings
record MailSettings(Optional<URI> server, String from, Duration kept) {
    @Autowired
    MailSettings(Settings settings) {
        this(
                settings.secret("SMTP_URL").flatMap(url -> server(settings, url)),
                settings.text("MAIL_FROM", "Bursar <bursar@localhost>"),
                settings.days("RETENTION_MAIL_DAYS", 90, 1, 3_650));
    }

    private static Optional<URI> server(Settings settings, String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null && ("smtps".equals(uri.getScheme()) || "smtp".equals(uri.getScheme()))) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException notAUrl) {
            // Reported below without the value: it holds a password.
        }
        settings.problem("SMTP_URL: not usable (expected: smtp://user:password@host:port or smtps://…)");
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "MailSettings[from " + from + "]";
    }
}
