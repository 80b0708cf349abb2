package io.bursar.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database Bursar serves from: the embedded one, or the operator's own when {@code DATABASE_URL} is set. Opening
 * it starts the server if it is ours, migrates, and fills a pool as the serving role.
 */
public final class Database implements AutoCloseable {
    /** Whoever waits longer for one of the pool is told that it is busy. */
    private static final Duration CONNECTION_WAIT_MAX = Duration.ofSeconds(2);

    private static final int CONNECTIONS_BESIDE = 2;
    /** Nothing of ours waits for a lock, or thinks inside a transaction, longer than this. */
    private static final String SESSION = """
            SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '30s'; SET TIME ZONE 'UTC'
            """;

    private final @Nullable HomeLock lock;
    private final @Nullable EmbeddedDatabase embedded;
    private final DatabaseLogins logins;
    private final HikariDataSource pool;

    private Database(
            @Nullable HomeLock lock, @Nullable EmbeddedDatabase embedded, DatabaseLogins logins, int connectionsMax) {
        this.lock = lock;
        this.embedded = embedded;
        this.logins = logins;
        new Migrator(logins).migrate();
        this.pool = pool(logins.app(), connectionsMax);
    }

    /** Opens the database that these settings name, for a command that serves nothing. */
    public static Database open(Settings settings) {
        DatabaseSettings database = DatabaseSettings.from(settings);
        settings.verifyRead();
        return open(database);
    }

    /** The same, or beside the Bursar that runs on this BURSAR_HOME: for what is harmless while it serves. */
    public static Database openBeside(Settings settings) {
        DatabaseSettings database = DatabaseSettings.from(settings);
        settings.verifyRead();
        Path home = database.home().path();
        return database.app().isEmpty() && HomeLock.isHeld(home)
                ? new Database(null, null, EmbeddedDatabase.running(home), CONNECTIONS_BESIDE)
                : open(database);
    }

    static Database open(DatabaseSettings settings) {
        Optional<DatabaseLogin> app = settings.app();
        if (app.isPresent()) {
            DatabaseLogins logins = new DatabaseLogins(settings.owner().orElse(app.get()), app.get(), Optional.empty());
            return new Database(null, null, logins, settings.connectionsMax());
        }
        Path home = settings.home().path();
        HomeLock lock = HomeLock.take(home);
        EmbeddedDatabase embedded = EmbeddedDatabase.start(home);
        try {
            return new Database(lock, embedded, embedded.logins(), settings.connectionsMax());
        } catch (RuntimeException refused) {
            embedded.close();
            lock.close();
            throw refused;
        }
    }

    public DataSource dataSource() {
        return pool;
    }

    public DatabaseLogins logins() {
        return logins;
    }

    public boolean isEmbedded() {
        return embedded != null;
    }

    @Override
    public void close() {
        pool.close();
        if (embedded != null) {
            embedded.close();
        }
        if (lock != null) {
            lock.close();
        }
    }

    private static HikariDataSource pool(DatabaseLogin login, int connectionsMax) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("bursar");
        config.setJdbcUrl(login.jdbcUrl());
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(connectionsMax);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(CONNECTION_WAIT_MAX.toMillis());
        config.setConnectionInitSql(SESSION);
        config.addDataSourceProperty("ApplicationName", "bursar");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new HikariDataSource(config);
    }
}
