package io.bursar.bench.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.HdrHistogram.Histogram;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** How fast the same rows go into the same table when nobody decides anything: binary COPY, one transaction. */
final class CopyLimit {
    /** 385 bytes a row: what is read back stays under 40 MB of heap. */
    static final int ROWS_MAX = 100_000;

    private static final SqlFile SQL = SqlFile.of("peers/copy.sql");

    private final BenchDatabase database;
    private final String columns;

    CopyLimit(BenchDatabase database) {
        this.database = database;
        columns = database.text(SQL.statement("columns"));
    }

    /** Copies the newest rows of the book in again, under a book of their own. Reading them back is not counted. */
    Sample measure(UUID book) {
        try (Connection connection = database.connect()) {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            ByteArrayOutputStream rows = new ByteArrayOutputStream();
            copy.copyOut(SQL.statement("out").formatted(columns, UUID.randomUUID(), book, ROWS_MAX), rows);
            byte[] bytes = rows.toByteArray();
            long begin = System.nanoTime();
            long copied = copy.copyIn(SQL.statement("in").formatted(columns), new ByteArrayInputStream(bytes));
            long nanoseconds = System.nanoTime() - begin;
            Histogram each = new Histogram(3);
            each.recordValueWithCount(Math.max(nanoseconds / Math.max(copied, 1), 1), copied);
            return new Sample(each, nanoseconds / 1e9);
        } catch (SQLException | IOException failed) {
            throw new IllegalStateException("COPY failed: " + failed.getMessage(), failed);
        }
    }
}
