package io.bursar.bench.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.bursar.ledger.LedgerSchema;
import io.bursar.platform.DatabaseLogin;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

/** One database of the measured server, with the ledger's tables in it. */
final class BenchDatabase implements AutoCloseable {
    /** So long that a caller waits in line instead of failing: the wait is part of what is measured. */
    private static final Duration CONNECTION_WAIT_MAX = Duration.ofMinutes(10);

    private final DatabaseLogin login;
    private final List<HikariDataSource> pools = new CopyOnWriteArrayList<>();

    BenchDatabase(DatabaseLogin login) {
        this.login = login;
    }

    String name() {
        return login.database();
    }

    /** A pool of prepared connections, configured as the server's. */
    HikariDataSource pool(int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(login.jdbcUrl());
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(CONNECTION_WAIT_MAX.toMillis());
        config.addDataSourceProperty("ApplicationName", "bursar-bench");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        return pool;
    }

    /** A connection outside of any pool, preparing every statement at once. */
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("ApplicationName", "bursar-bench");
        return DriverManager.getConnection(login.jdbcUrl(), properties);
    }

    void install() {
        try (HikariDataSource pool = pool(1)) {
            LedgerSchema.install(pool);
        }
    }

    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed.getMessage() + ", in:\n" + sql, failed);
        }
    }

    void update(String sql, Object... parameters) {
        call(sql, PreparedStatement::executeUpdate, parameters);
    }

    /** The one number that a query answers. */
    double number(String sql, Object... parameters) {
        return call(sql, statement -> first(statement).getDouble(1), parameters);
    }

    /** The one text that a query answers. */
    String text(String sql, Object... parameters) {
        return call(sql, statement -> first(statement).getString(1), parameters);
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private <T> T call(String sql, Work<T> work, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return work.on(statement);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed.getMessage() + ", in:\n" + sql, failed);
        }
    }

    /** The statement closes its rows. */
    private static ResultSet first(PreparedStatement statement) throws SQLException {
        ResultSet row = statement.executeQuery();
        row.next();
        return row;
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }
}
