package io.bursar.upkeep;

import io.bursar.platform.ModuleSettings;
import io.bursar.platform.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Who may look at this node's metrics, and how the purge goes about it.
 *
 * @param metricsToken what a scraper shows as {@code Authorization: Bearer …}; without one nobody may
 */
@ModuleSettings
record UpkeepSettings(Optional<String> metricsToken, PurgeSettings purge, Path backups) {
    private static final String METRICS_TOKEN = "METRICS_TOKEN";
    private static final int TOKEN_CHARACTERS_MIN = 24;

    @Autowired
    UpkeepSettings(Settings settings) {
        this(
                settings.secret(METRICS_TOKEN),
                new PurgeSettings(
                        Duration.ofMinutes(settings.number("PURGE_MINUTES_MAX", 30, 1, 720)),
                        settings.number("PURGE_BATCH_ROWS", 1_000, 10, PurgeSettings.BATCH_ROWS_MAX),
                        PurgeSettings.PAUSE_MIN),
                backups(settings));
        if (metricsToken.isPresent() && metricsToken.get().length() < TOKEN_CHARACTERS_MIN) {
            settings.problem("%s: %d characters (expected: >= %d, for instance from: openssl rand -hex 24)"
                    .formatted(METRICS_TOKEN, metricsToken.get().length(), TOKEN_CHARACTERS_MIN));
        }
    }

    /** The folder that backups are written to when nobody names another. */
    static Path backups(Settings settings) {
        Path home = Path.of(settings.text("BURSAR_HOME", "data"));
        return Path.of(settings.text("BACKUP_DIR", home.resolve("backups").toString()));
    }

    @Override
    public String toString() {
        return "UpkeepSettings[metrics " + (metricsToken.isPresent() ? "guarded" : "off") + "]";
    }
}
