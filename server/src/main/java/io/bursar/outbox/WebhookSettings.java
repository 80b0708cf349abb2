package io.bursar.outbox;

import io.bursar.platform.Settings;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** {@code allowedOrigins}, as {@code scheme://host:port}, may be plain HTTP and lie in a private network. */
record WebhookSettings(Set<String> allowedOrigins) {
    static WebhookSettings from(Settings settings) {
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
        return new WebhookSettings(Set.copyOf(origins));
    }
}
