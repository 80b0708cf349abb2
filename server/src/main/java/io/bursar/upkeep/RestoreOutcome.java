package io.bursar.upkeep;

import io.bursar.platform.Epoch;

/** What came of a restore. Whatever is refused has changed nothing; the first that applies is told. */
public sealed interface RestoreOutcome {
    /** @param found one of the things that are there */
    record NotEmpty(String found) implements RestoreOutcome {}

    /** The backup was made by a newer build of Bursar, or by another. */
    record OtherBuild(String sentence) implements RestoreOutcome {}

    record Restored(Epoch epoch, BackupSummary summary) implements RestoreOutcome {}
}
