package io.bursar.upkeep;

import io.bursar.platform.Retention.Overdue;
import io.bursar.upkeep.PurgeStore.LastPurge;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One kind of row that is not kept for ever: how much there is, and how much is past its time. */
record RetentionView(
        String name,
        String what,
        List<String> tables,
        Duration kept,
        long rowsAbout,
        long bytes,
        Overdue overdue,
        @Nullable LastPurge last) {
    private static final long KILOBYTE = 1_024;
    private static final String[] UNITS = {"kB", "MB", "GB"};

    /** {@code 8 kB}, {@code 12 MB}. */
    public String size() {
        long size = bytes / KILOBYTE;
        int unit = 0;
        while (size >= 10 * KILOBYTE && unit < UNITS.length - 1) {
            size /= KILOBYTE;
            unit++;
        }
        return size + " " + UNITS[unit];
    }
}
