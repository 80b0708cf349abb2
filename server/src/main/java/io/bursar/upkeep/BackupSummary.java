package io.bursar.upkeep;

import java.time.Instant;

/** What a backup is, for whoever decides about it. */
public record BackupSummary(Instant madeAt, int epoch, String server, int tables, long rows) {
    static BackupSummary of(BackupManifest manifest) {
        return new BackupSummary(
                Instant.parse(manifest.madeAt()),
                manifest.epoch(),
                manifest.server(),
                manifest.tables().size(),
                manifest.rows());
    }
}
