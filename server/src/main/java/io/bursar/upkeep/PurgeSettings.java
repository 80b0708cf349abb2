package io.bursar.upkeep;

import java.time.Duration;

/**
 * @param budget after which a purge ends, whatever is left
 * @param batchRows how many rows a transaction deletes at most
 * @param pauseMin between two batches; longer after one that took long, so that most of the time nothing is deleted
 */
record PurgeSettings(Duration budget, int batchRows, Duration pauseMin) {
    static final int BATCH_ROWS_MAX = 20_000;
    static final Duration PAUSE_MIN = Duration.ofMillis(20);
}
