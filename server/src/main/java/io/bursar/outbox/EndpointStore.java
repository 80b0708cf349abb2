package io.bursar.outbox;

import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class EndpointStore {
    private static final String VIEW = """
            SELECT id, owner, url, secret_fingerprint, previous_secret_fingerprint, previous_secret_until,
              secret_made_at, created_at, failing_since, disabled_at, disabled_reason
            FROM outbox.endpoint
            """;

    private final JdbcClient jdbc;

    EndpointStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(UUID id, String owner, String url, byte[] sealed, String fingerprint, Instant now) {
        jdbc.sql("""
                INSERT INTO outbox.endpoint
                  (id, owner, url, secret_sealed, secret_fingerprint, secret_made_at, created_at)
                VALUES (:id, :owner, :url, :sealed, :fingerprint, :now, :now)
                """)
                .param("id", id)
                .param("owner", owner)
                .param("url", url)
                .param("sealed", sealed)
                .param("fingerprint", fingerprint)
                .param("now", Sql.time(now))
                .update();
    }

    List<EndpointView> of(String owner) {
        return jdbc.sql(VIEW + "WHERE owner = :owner ORDER BY id")
                .param("owner", owner)
                .query((row, index) -> view(row))
                .list();
    }

    /** The newest of all owners. */
    List<EndpointView> newest(int limit) {
        return jdbc.sql(VIEW + "ORDER BY id DESC LIMIT :limit")
                .param("limit", limit)
                .query((row, index) -> view(row))
                .list();
    }

    long count() {
        return jdbc.sql("SELECT count(*) FROM outbox.endpoint")
                .query(Long.class)
                .single();
    }

    /** Those that we disabled, and not an operator. */
    long countDisabledByFailure() {
        return jdbc.sql("SELECT count(*) FROM outbox.endpoint WHERE disabled_reason IN ('gone', 'failing')")
                .query(Long.class)
                .single();
    }

    Optional<EndpointView> find(UUID id) {
        return jdbc.sql(VIEW + "WHERE id = :id")
                .param("id", id)
                .query((row, index) -> view(row))
                .optional();
    }

    Optional<EndpointView> find(String owner, UUID id) {
        return jdbc.sql(VIEW + "WHERE owner = :owner AND id = :id")
                .param("owner", owner)
                .param("id", id)
                .query((row, index) -> view(row))
                .optional();
    }

    /** Locks the endpoint to the end of the transaction, so that what is decided about it holds. */
    Optional<EndpointView> lock(UUID id) {
        return jdbc.sql(VIEW + "WHERE id = :id FOR NO KEY UPDATE")
                .param("id", id)
                .query((row, index) -> view(row))
                .optional();
    }

    /** Locks these in the order of their ids. */
    void lock(List<UUID> ids) {
        jdbc.sql("SELECT id FROM outbox.endpoint WHERE id IN (:ids) ORDER BY id FOR NO KEY UPDATE")
                .param("ids", ids)
                .query(UUID.class)
                .list();
    }

    void replaceUrl(UUID id, String url) {
        jdbc.sql("UPDATE outbox.endpoint SET url = :url, failing_since = NULL WHERE id = :id")
                .param("url", url)
                .param("id", id)
                .update();
    }

    /** The present secret becomes the previous one, and signs too until {@code previousUntil}. */
    void rotate(UUID id, byte[] sealed, String fingerprint, Instant now, Instant previousUntil) {
        jdbc.sql("""
                UPDATE outbox.endpoint
                SET previous_secret_sealed = secret_sealed, previous_secret_fingerprint = secret_fingerprint,
                  previous_secret_until = :until, secret_sealed = :sealed, secret_fingerprint = :fingerprint,
                  secret_made_at = :now
                WHERE id = :id
                """)
                .param("until", Sql.time(previousUntil))
                .param("sealed", sealed)
                .param("fingerprint", fingerprint)
                .param("now", Sql.time(now))
                .param("id", id)
                .update();
    }

    /** Whatever signed until now signs nothing any more. */
    void replaceSecret(UUID id, byte[] sealed, String fingerprint, Instant now) {
        jdbc.sql("""
                UPDATE outbox.endpoint
                SET previous_secret_sealed = NULL, previous_secret_fingerprint = NULL, previous_secret_until = NULL,
                  secret_sealed = :sealed, secret_fingerprint = :fingerprint, secret_made_at = :now
                WHERE id = :id
                """)
                .param("sealed", sealed)
                .param("fingerprint", fingerprint)
                .param("now", Sql.time(now))
                .param("id", id)
                .update();
    }

    void failed(UUID id, Instant at) {
        jdbc.sql("""
                UPDATE outbox.endpoint SET failing_since = :at
                WHERE id = :id AND (failing_since IS NULL OR failing_since > :at)
                """).param("at", Sql.time(at)).param("id", id).update();
    }

    boolean disable(UUID id, String reason, Instant now) {
        return jdbc.sql("""
                UPDATE outbox.endpoint SET disabled_at = :now, disabled_reason = :reason
                WHERE id = :id AND disabled_at IS NULL
                """)
                        .param("now", Sql.time(now))
                        .param("reason", reason)
                        .param("id", id)
                        .update()
                > 0;
    }

    /** Disables it if nothing has reached it since {@code failingBefore}. */
    boolean disableIfFailing(UUID id, Instant failingBefore, Instant now) {
        return jdbc.sql("""
                UPDATE outbox.endpoint SET disabled_at = :now, disabled_reason = 'failing'
                WHERE id = :id AND disabled_at IS NULL AND failing_since <= :before
                """)
                        .param("now", Sql.time(now))
                        .param("before", Sql.time(failingBefore))
                        .param("id", id)
                        .update()
                > 0;
    }

    void enable(UUID id) {
        jdbc.sql("""
                UPDATE outbox.endpoint SET disabled_at = NULL, disabled_reason = NULL, failing_since = NULL
                WHERE id = :id
                """).param("id", id).update();
    }

    private static EndpointView view(ResultSet row) throws SQLException {
        @Nullable Instant previousUntil = Sql.instantOrNull(row, "previous_secret_until");
        return new EndpointView(
                row.getObject("id", UUID.class),
                row.getString("url"),
                row.getString("secret_fingerprint"),
                Sql.instant(row, "created_at"),
                Sql.instantOrNull(row, "disabled_at"),
                row.getString("owner"),
                Sql.instant(row, "secret_made_at"),
                row.getString("previous_secret_fingerprint"),
                previousUntil,
                Sql.instantOrNull(row, "failing_since"),
                row.getString("disabled_reason"));
    }
}
