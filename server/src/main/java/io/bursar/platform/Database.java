package io.bursar.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database Bursar serves from: the embedded one, or the operator's own when {@code DATABASE_URL} is set. Opening
 * it starts the server if it is ours, migrates, and fills a pool as the serving role.
 */
public final class Database implements AutoCloseable {
    private static final Duration CONNECTION_WAIT_MAX = Duration.ofSeconds(10);
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
        return open(settings, Home.from(settings));
    }

    static Database open(Settings settings, Home home) {
        int connectionsMax = settings.number("DATABASE_CONNECTIONS_MAX", 16, 4, 200);
        Optional<DatabaseLogin> app = login(settings, "DATABASE_URL");
        Optional<DatabaseLogin> owner = login(settings, "MIGRATION_DATABASE_URL");
        if (app.isPresent()) {
            DatabaseLogins logins = new DatabaseLogins(owner.orElse(app.get()), app.get(), Optional.empty());
            return new Database(null, null, logins, connectionsMax);
        }
        HomeLock lock = HomeLock.take(home.path());
        EmbeddedDatabase embedded = EmbeddedDatabase.start(home.path());
        try {
            return new Database(lock, embedded, embedded.logins(), connectionsMax);
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

    static Optional<DatabaseLogin> login(Settings settings, String name) {
        return settings.secret(name).flatMap(url -> {
            Optional<DatabaseLogin> login = DatabaseLogin.parse(url);
            if (login.isEmpty()) {
                settings.problem(name + ": not usable (expected: postgres://user:password@host:port/database)");
                settings.verify();
            }
            return login;
        });
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
