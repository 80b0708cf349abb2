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
        return Database.login(settings, "DATABASE_URL").isPresent()
                || Files.exists(Home.from(settings).path().resolve("postgres"));
    }

    /** Also while a Bursar serves from it. */
    public static BareDatabase beside(Settings settings) {
        try {
            return alone(settings);
        } catch (StartRefusedException inUse) {
            Path home = Home.from(settings).path();
            return new BareDatabase(
                    null, null, EmbeddedDatabase.besideAnother(home).orElseThrow(() -> inUse));
        }
    }

    /** @throws StartRefusedException when a Bursar runs on this BURSAR_HOME */
    public static BareDatabase alone(Settings settings) {
        Optional<DatabaseLogin> app = Database.login(settings, "DATABASE_URL");
        Optional<DatabaseLogin> owner = Database.login(settings, "MIGRATION_DATABASE_URL");
        if (app.isPresent()) {
            return new BareDatabase(
                    null, null, new DatabaseLogins(owner.orElse(app.get()), app.get(), Optional.empty()));
        }
        Path home = Home.from(settings).path();
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
