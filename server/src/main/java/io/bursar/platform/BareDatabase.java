package io.bursar.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database as it is, for commands that keep or bring back the whole of it: not migrated, no pool, as its owner. An
 * embedded one is started unless a Bursar runs on it.
 */
public final class BareDatabase implements AutoCloseable {
    private final @Nullable HomeLock lock;
    private final @Nullable EmbeddedDatabase embedded;
    private final DatabaseLogins logins;

    private BareDatabase(@Nullable HomeLock lock, @Nullable EmbeddedDatabase embedded, DatabaseLogins logins) {
        this.lock = lock;
        this.embedded = embedded;
        this.logins = logins;
    }

    /** Whether these settings name a database that may have something in it. */
    public static boolean exists(Settings settings) {
        DatabaseSettings database = DatabaseSettings.from(settings);
        return database.app().isPresent() || Files.exists(database.home().path().resolve("postgres"));
    }

    /** Also while a Bursar serves from it. */
    public static BareDatabase beside(Settings settings) {
        DatabaseSettings database = read(settings);
        Path home = database.home().path();
        return database.app().isEmpty() && HomeLock.isHeld(home)
                ? new BareDatabase(null, null, EmbeddedDatabase.running(home))
                : alone(database);
    }

    /** @throws StartRefusedException when a Bursar runs on this BURSAR_HOME */
    public static BareDatabase alone(Settings settings) {
        return alone(read(settings));
    }

    private static DatabaseSettings read(Settings settings) {
        DatabaseSettings database = DatabaseSettings.from(settings);
        settings.verifyRead();
        return database;
    }

    private static BareDatabase alone(DatabaseSettings settings) {
        Optional<DatabaseLogin> app = settings.app();
        if (app.isPresent()) {
            return new BareDatabase(
                    null, null, new DatabaseLogins(settings.owner().orElse(app.get()), app.get(), Optional.empty()));
        }
        Path home = settings.home().path();
        HomeLock lock = HomeLock.take(home);
        try {
            EmbeddedDatabase embedded = EmbeddedDatabase.start(home);
            return new BareDatabase(lock, embedded, embedded.logins());
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    public DatabaseLogins logins() {
        return logins;
    }

    public Connection connect() throws SQLException {
        DatabaseLogin owner = logins.owner();
        return DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password());
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
        if (lock != null) {
            lock.close();
        }
    }
}
