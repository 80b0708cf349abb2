package io.bursar.ledger;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Several statements that go to the server together and are answered together. Each is a statement of its own there
 * and, at READ COMMITTED, sees what was committed when its turn came; the first that fails keeps the later ones from
 * being run.
 */
final class Trip {
    private static final String LOCK_WAIT = "SELECT set_config('lock_timeout', ?, true)";
    private static final String SETTINGS = LOCK_WAIT + ", set_config('plan_cache_mode', 'force_generic_plan', true), "
            + Stream.of(
                            "seqscan",
                            "bitmapscan",
                            "hashjoin",
                            "mergejoin",
                            "material",
                            "memoize",
                            "sort",
                            "incremental_sort")
                    .map("set_config('enable_%s', 'off', true)"::formatted)
                    .collect(joining(", "));

    private final List<String> statements = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final List<@Nullable Object> parameters = new ArrayList<>();
    private final List<String> last = new ArrayList<>();

    interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    private interface Reader {
        void read(PreparedStatement statement) throws SQLException;
    }

    /**
     * The first trip of a transaction that posts. For all of it, no lock is waited for longer than that, and every row
     * is found by the index that names it: plans outlive the moment they were made in, and one made while a table was
     * small would read all of it when it is large.
     */
    static Trip begun(Duration lockWaitMax) {
        return new Trip().with(SETTINGS, _ -> {}, lockWaitMax.toMillis() + "ms");
    }

    /** From here on, no lock is waited for longer than that. */
    Trip lockWait(Duration longest) {
        return with(LOCK_WAIT, _ -> {}, longest.toMillis() + "ms");
    }

    /** Adds a statement, with what to do for each row that it answers. */
    Trip with(String sql, RowConsumer reader, @Nullable Object... values) {
        return add(sql, statement -> read(statement, reader), values);
    }

    /** Adds a statement that has to write so many rows; found out when all are back, so not for a trip that commits. */
    Trip writing(int rows, String sql, @Nullable Object... values) {
        Reader reader = statement -> {
            int written = statement.getUpdateCount();
            Check.invariant(written == rows, written + " rows written of " + rows);
        };
        return add(sql, reader, values);
    }

    private Trip add(String sql, Reader reader, @Nullable Object... values) {
        statements.add(sql);
        readers.add(reader);
        parameters.addAll(Arrays.asList(values));
        return this;
    }

    /** What comes after all statements, added before or after them. */
    Trip last(String sql) {
        last.add(sql);
        return this;
    }

    void run(Connection connection) throws SQLException {
        last.forEach(sql -> with(sql, _ -> {}));
        last.clear();
        if (statements.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(String.join(";\n", statements))) {
            Sql.bind(statement, parameters.toArray());
            statement.execute();
            for (Reader reader : readers) {
                reader.read(statement);
                statement.getMoreResults();
            }
        }
    }

    private static void read(PreparedStatement statement, RowConsumer reader) throws SQLException {
        ResultSet rows = statement.getResultSet();
        while (rows != null && rows.next()) {
            reader.accept(rows);
        }
    }
}
