package io.bursar.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns rows into the arrays that one set-based statement takes, a column at a time. */
final class Columns<T> {
    private final Connection connection;
    private final Collection<T> rows;

    Columns(Connection connection, Collection<T> rows) {
        this.connection = connection;
        this.rows = rows;
    }

    Array of(String type, Function<T, @Nullable Object> column) throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray());
    }

    /** Each book once, for the filter that routes a statement. */
    Array books(Function<T, BookId> column) throws SQLException {
        return connection.createArrayOf(
                "uuid",
                rows.stream().map(row -> column.apply(row).value()).distinct().toArray());
    }

    /** Binary values; the driver asks for them as such and not as objects. */
    Array bytes(Function<T, Hash> column) throws SQLException {
        byte[][] values = rows.stream().map(row -> column.apply(row).bytes()).toArray(byte[][]::new);
        return connection.createArrayOf("bytea", values);
    }
}
