package io.bursar.errorlog;

import io.bursar.platform.ModuleSettings;
import io.bursar.platform.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * How long errors are known, and where they are told besides the log of our own.
 *
 * @param sentry empty: nowhere
 */
@ModuleSettings
record ErrorLogSettings(Optional<Sentry> sentry, Duration linesKept) {
    private static final String DSN = "SENTRY_DSN";

    /** The address holds a key, and is a secret. */
    record Sentry(String dsn, String environment) {
        @Override
        public String toString() {
            return "Sentry[" + environment + "]";
        }
    }

    @Autowired
    ErrorLogSettings(Settings settings) {
        this(
                sentry(settings.secret(DSN), settings.text("SENTRY_ENVIRONMENT", "production"), settings),
                settings.days("RETENTION_ERRORS_DAYS", 90, 1, 3_650));
    }

    private static Optional<Sentry> sentry(Optional<String> dsn, String environment, Settings settings) {
        if (dsn.isPresent() && !isDsn(dsn.get())) {
            settings.problem(DSN + ": not usable (expected: https://key@host/project)");
            return Optional.empty();
        }
        return dsn.map(address -> new Sentry(address, environment));
    }

    private static boolean isDsn(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return http
                    && uri.getHost() != null
                    && uri.getUserInfo() != null
                    && uri.getPath().length() > 1;
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }
}
