package io.bursar.upkeep;

import io.bursar.platform.Migrator.Script;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a backup holds, written last.
 *
 * @param madeAt when its snapshot was taken, ISO 8601
 * @param server version of the PostgreSQL it was read from
 * @param scripts the migrations that had run, by schema
 */
record BackupManifest(
        int format,
        String madeAt,
        int epoch,
        String server,
        Map<String, List<Script>> scripts,
        List<TableCopy> tables,
        List<SequencePosition> sequences) {
    static final int FORMAT = 1;

    long rows() {
        return tables.stream().mapToLong(TableCopy::rows).sum();
    }

    /** One table's rows; {@code sha256} is of its COPY text. */
    record TableCopy(TableShape shape, long rows, String sha256) {}

    /**
     * Where a sequence stood.
     *
     * @param last null when nothing was taken from it
     * @param ofColumn whether it numbers rows of a table, and nothing that was given to the outside
     */
    record SequencePosition(
            String schema, String name, @Nullable Long last, boolean ofColumn) {}
}
