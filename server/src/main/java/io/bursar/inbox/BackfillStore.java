package io.bursar.inbox;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far the lists of providers were read. */
@Component
class BackfillStore {
    private final JdbcClient jdbc;

    BackfillStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A walk through a list that is not at its end yet; {@code cursor} is null before its first page. */
    record Walk(Instant from, Instant until, @Nullable String cursor) {}

    /** All up to {@code readUntil} was read; {@code walk} is null when nothing was left half read. */
    record Progress(
            String provider,
            String account,
            Instant readUntil,
            @Nullable Walk walk,
            @Nullable Instant readAt,
            long found) {}

    Optional<Progress> find(String provider, String account) {
        return jdbc.sql("SELECT * FROM inbox.backfill WHERE provider = :provider AND account = :account")
                .param("provider", provider)
                .param("account", account)
                .query((row, number) -> progress(row))
                .optional();
    }

    List<Progress> all() {
        return jdbc.sql("SELECT * FROM inbox.backfill ORDER BY provider, account LIMIT 200")
                .query((row, number) -> progress(row))
                .list();
    }

    void save(String provider, String account, Instant readUntil, @Nullable Walk walk, long found, Instant now) {
        jdbc.sql("""
                INSERT INTO inbox.backfill AS b
                  (provider, account, read_until, walk_from, walk_until, walk_cursor, read_at, found)
                VALUES (:provider, :account, :readUntil, :from, :until, :cursor, :now, :found)
                ON CONFLICT (provider, account) DO UPDATE SET read_until = :readUntil, walk_from = :from,
                  walk_until = :until, walk_cursor = :cursor, read_at = :now, found = b.found + :found
                """)
                .param("provider", provider)
                .param("account", account)
                .param("readUntil", Sql.time(readUntil))
                .param("from", walk == null ? null : Sql.time(walk.from()))
                .param("until", walk == null ? null : Sql.time(walk.until()))
                .param("cursor", walk == null ? null : walk.cursor())
                .param("now", Sql.time(now))
                .param("found", found)
                .update();
    }

    private static Progress progress(ResultSet row) throws SQLException {
        Instant from = Sql.instantOrNull(row, "walk_from");
        Instant until = Sql.instantOrNull(row, "walk_until");
        return new Progress(
                row.getString("provider"),
                row.getString("account"),
                Sql.instant(row, "read_until"),
                from == null || until == null ? null : new Walk(from, until, row.getString("walk_cursor")),
                Sql.instantOrNull(row, "read_at"),
                row.getLong("found"));
    }
}
