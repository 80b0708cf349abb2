package io.bursar.mail;

import io.bursar.platform.ModuleSettings;
import io.bursar.platform.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Through whom mail leaves, and as whom.
 *
 * @param server {@code smtp://user:password@host:port}, or {@code smtps://} for TLS at once; empty when none is sent
 */
@ModuleSettings
record MailSettings(Optional<URI> server, String from) {
    @Autowired
    MailSettings(Settings settings) {
        this(
                settings.secret("SMTP_URL").flatMap(url -> server(settings, url)),
                settings.text("MAIL_FROM", "Bursar <bursar@localhost>"));
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
