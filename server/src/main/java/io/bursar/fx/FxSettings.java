package io.bursar.fx;

import io.bursar.platform.ModuleSettings;
import io.bursar.platform.Settings;
import java.net.URI;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * How rates are read and how long they last.
 *
 * @param staleAfter how long after its last good fetch a rate may still be locked
 * @param jumpPercentMax by how much a rate may differ from the last good one; a real move beyond it is let through by
 *     raising this
 */
@ModuleSettings
record FxSettings(URI url, Duration staleAfter, int jumpPercentMax) {
    private static final String ECB_DAILY = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml";

    @Autowired
    FxSettings(Settings settings) {
        this(
                settings.uri("FX_URL", ECB_DAILY),
                Duration.ofSeconds(settings.number("FX_STALE_AFTER_SECONDS", 300, 60, 86_400)),
                settings.number("FX_JUMP_PERCENT_MAX", 20, 1, 1_000));
    }
}
