package io.bursar.identity;

import io.bursar.platform.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class LoginLockStore {
    private final JdbcClient jdbc;

    LoginLockStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Instant> lockedUntil(byte[] account, byte[] client, Instant now) {
        return jdbc.sql("""
                SELECT locked_until FROM identity.login_lock
                WHERE account_digest = :account AND client_digest = :client AND locked_until > :now
                """)
                .param("account", account)
                .param("client", client)
                .param("now", Sql.time(now))
                .query((row, number) -> Sql.instant(row, "locked_until"))
                .optional();
    }

    /**
     * Counts one more attempt before it is judged, so that attempts side by side do not see the same count, and locks
     * from the {@code free}th on, twice as long each time. Empty while it is locked.
     */
    Optional<Integer> attempt(byte[] account, byte[] client, Instant now, int free, Duration lockMax) {
        return jdbc.sql("""
                INSERT INTO identity.login_lock AS l (account_digest, client_digest, failures, updated_at)
                VALUES (:account, :client, 1, :now)
                ON CONFLICT (account_digest, client_digest) DO UPDATE SET
                  failures = l.failures + 1,
                  updated_at = :now,
                  locked_until = CASE WHEN l.failures + 1 >= :free
                    THEN :now + least(make_interval(mins => 1 << least(l.failures + 1 - :free, 20)),
                                      make_interval(secs => :lockMax)) END
                WHERE l.locked_until IS NULL OR l.locked_until <= :now
                RETURNING failures
                """)
                .param("account", account)
                .param("client", client)
                .param("now", Sql.time(now))
                .param("free", free)
                .param("lockMax", lockMax.toSeconds())
                .query(Integer.class)
                .optional();
    }

    void forgive(byte[] account, byte[] client) {
        jdbc.sql("DELETE FROM identity.login_lock WHERE account_digest = :account AND client_digest = :client")
                .param("account", account)
                .param("client", client)
                .update();
    }

    /** Whatever stands against one account, from all clients. Answers how many of them were locked. */
    long forgiveAll(byte[] account, Instant now) {
        return jdbc
                .sql("DELETE FROM identity.login_lock WHERE account_digest = :account RETURNING locked_until")
                .param("account", account)
                .query((row, number) -> Optional.ofNullable(Sql.instantOrNull(row, "locked_until")))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .filter(now::isBefore)
                .count();
    }
}
