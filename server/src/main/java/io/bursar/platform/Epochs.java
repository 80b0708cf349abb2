package io.bursar.platform;

import java.sql.Connection;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** For the commands that keep and bring back the whole database; whoever serves gets its {@link Epoch} as a bean. */
public final class Epochs {
    private Epochs() {}

    public static Epoch current(Connection connection) {
        return store(connection).current();
    }

    /** Inside the caller's transaction. */
    public static Epoch raise(Connection connection, String origin, Instant now) {
        return store(connection).raise(origin, now);
    }

    private static EpochStore store(Connection connection) {
        return new EpochStore(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
    }
}
