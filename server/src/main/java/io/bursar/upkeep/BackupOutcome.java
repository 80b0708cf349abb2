package io.bursar.upkeep;

/** What came of making a backup. */
public sealed interface BackupOutcome {
    record Written(BackupSummary summary) implements BackupOutcome {}

    /** There is nothing of Bursar in this database. */
    record NothingThere() implements BackupOutcome {}

    /** What was written does not read back as it was written: the disk is full or broken. */
    record NotReadable(String sentence) implements BackupOutcome {}
}
