package io.bursar.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The little that plain JDBC lacks: parameters in one call, rows as a list, columns by type. */
final class Sql {
    private static final int CONTENTION_ATTEMPTS_MAX = 5;

    private Sql() {}

    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Reads on a connection of its own. */
    static <T> T read(DataSource dataSource, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw failed("the ledger could not be read", e);
        }
    }

    /** Writes in a transaction of its own. */
    static <T> T write(DataSource dataSource, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            } finally {
                restore(connection);
            }
        } catch (SQLException e) {
            throw failed("the ledger could not be written", e);
        }
    }

    /** Writes like {@link #write}, and again when others were in the way. */
    static <T> T writeAgain(DataSource dataSource, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return write(dataSource, work);
            } catch (LedgerUnavailableException busy) {
                boolean again = busy.getCause() instanceof SQLException cause && Fault.of(cause) == Fault.CONTENTION;
                if (!again || attempt == CONTENTION_ATTEMPTS_MAX) {
                    throw busy;
                }
            }
        }
    }

    static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            cause.addSuppressed(lost);
        }
    }

    /** A connection that dies here takes nothing back: its commit was answered, or something else failed before. */
    static void restore(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException lost) {
            // The pool finds out by itself.
        }
    }

    static RuntimeException failed(String message, SQLException cause) {
        return Fault.of(cause) == Fault.OUR_BUG
                ? new IllegalStateException("ledger: refused by the database: " + cause.getMessage(), cause)
                : new LedgerUnavailableException(message + ": " + cause.getMessage(), cause);
    }

    static <T> List<T> query(Connection connection, String sql, RowReader<T> reader, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        }
    }

    static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static @Nullable AccountPath pathOrNull(ResultSet row, String column) throws SQLException {
        String path = row.getString(column);
        return path == null ? null : new AccountPath(path);
    }

    static AccountKind accountKind(ResultSet row) throws SQLException {
        AccountPath parent = pathOrNull(row, "parent");
        if (parent != null) {
            return new AccountKind.Lot(parent, row.getString("source"), instantOrNull(row, "expires_at"));
        }
        AccountPath owed = pathOrNull(row, "owed");
        AccountPath lapsesTo = pathOrNull(row, "lapses_to");
        return lapsesTo == null ? new AccountKind.Single(owed) : new AccountKind.OfLots(lapsesTo, owed);
    }

    static Policy policy(ResultSet row) throws SQLException {
        return new Policy(longOrNull(row, "floor"), longOrNull(row, "ceiling"));
    }

    static Unit unit(ResultSet row) throws SQLException {
        return new Unit(row.getString("unit_code"), row.getInt("unit_scale"));
    }

    static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int index = 0; index < parameters.length; index++) {
            statement.setObject(index + 1, parameters[index]);
        }
    }
}
