package io.bursar.platform;

import io.bursar.shared.Check;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are not kept for ever. Every bean of this type is purged daily by {@code upkeep}, a small batch at a time,
 * the oldest first. What no such bean names is kept for ever.
 *
 * @param tables with their schemas; the rows of the first are counted, those of the others go with them
 * @param what these rows are and from when on they are old: {@code Sessions, from their end on}
 */
public record Retention(List<String> tables, String what, Duration kept, Batch batch, Past past) {
    public Retention {
        Check.argument(!tables.isEmpty(), "tables: none (expected: at least one)");
        Check.argument(!kept.isNegative(), "kept: %s (expected: not negative)", kept);
    }

    /** Deletes in the caller's transaction. */
    @FunctionalInterface
    public interface Batch {
        /**
         * Deletes at most {@code rowsMax} of the oldest rows that became old before then, passing over those that
         * somebody has locked, and answers how many.
         */
        int delete(Instant before, int rowsMax);
    }

    /** Counts what became old before then. */
    @FunctionalInterface
    public interface Past {
        Overdue count(Instant before);
    }

    /** Rows past their time, and since when the oldest of them has been old. */
    public record Overdue(long rows, @Nullable Instant oldest) {
        /** From a query that names its columns as the fields are named here. */
        public static Overdue of(ResultSet row, int number) throws SQLException {
            return new Overdue(row.getLong("rows"), Sql.instantOrNull(row, "oldest"));
        }
    }

    /** What names these rows: the table whose rows are counted. */
    public String name() {
        return tables.getFirst();
    }
}
