package io.bursar.platform;

import java.util.Optional;

/**
 * Which database, as whom, and with how many connections.
 *
 * @param app empty for the embedded one in {@code home}
 */
record DatabaseSettings(Home home, Optional<DatabaseLogin> app, Optional<DatabaseLogin> owner, int connectionsMax) {
    static DatabaseSettings from(Settings settings) {
        return new DatabaseSettings(
                Home.from(settings),
                login(settings, "DATABASE_URL"),
                login(settings, "MIGRATION_DATABASE_URL"),
                settings.number("DATABASE_CONNECTIONS_MAX", 16, 4, 200));
    }

    private static Optional<DatabaseLogin> login(Settings settings, String name) {
        return settings.secret(name).flatMap(url -> {
            Optional<DatabaseLogin> login = DatabaseLogin.parse(url);
            if (login.isEmpty()) {
                settings.problem(name + ": not usable (expected: postgres://user:password@host:port/database)");
            }
            return login;
        });
    }
}
