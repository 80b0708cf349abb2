package io.bursar.inbox;

import io.bursar.platform.ModuleSettings;
import io.bursar.platform.Settings;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code kept} is how long events stay once they are settled, and samples of what was turned away. */
@ModuleSettings
record InboxSettings(Duration kept) {
    /** A provider's own list is read this far back at least, so nothing that is on it may be forgotten before. */
    private static final int DAYS_MIN = 7;

    @Autowired
    InboxSettings(Settings settings) {
        this(settings.days("RETENTION_EVENTS_DAYS", 90, DAYS_MIN, 3_650));
    }
}
