package io.bursar.outbox;

import io.bursar.platform.ModuleSettings;
import io.bursar.platform.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code allowedOrigins}, as {@code scheme://host:port}, may be plain HTTP and lie in a private network. */
@ModuleSettings
record WebhookSettings(Set<String> allowedOrigins, Duration kept) {
    @Autowired
    WebhookSettings(Settings settings) {
        this(origins(settings), settings.days("RETENTION_WEBHOOKS_DAYS", 90, 7, 3_650));
    }

    private static Set<String> origins(Settings settings) {
        Set<String> origins = new TreeSet<>();
        for (URI uri : settings.uris("WEBHOOK_ALLOWED_ORIGINS")) {
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            boolean bare = uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            if (!bare || uri.getPort() < 0) {
                settings.problem("WEBHOOK_ALLOWED_ORIGINS: not usable (expected: scheme://host:port and nothing else)");
            } else {
                origins.add(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + uri.getPort());
            }
        }
        return Set.copyOf(origins);
    }
}
