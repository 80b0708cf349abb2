package io.bursar.outbox;

import io.bursar.outbox.AfterAttempt.Again;
import io.bursar.outbox.AfterAttempt.Delivered;
import io.bursar.outbox.AfterAttempt.GivenUp;
import io.bursar.outbox.AfterAttempt.Unwanted;
import io.bursar.outbox.Results.Result;
import io.bursar.platform.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Writes attempts and what their deliveries became, many in one statement. */
@Component
class ResultStore {
    /** Endpoints are locked in the order of their ids, so that two nodes wait for each other and never in a ring. */
    private static final String KEEP = """
            WITH given AS (
              SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::integer[], ?::timestamptz[], ?::integer[], ?::text[],
                ?::text[], ?::text[], ?::integer[], ?::text[], ?::timestamptz[], ?::text[], ?::timestamptz[])
                AS g (id, lease, number, at, duration_ms, url, signature, finding, response_status, excerpt,
                  round_began_at, status, next_attempt_at)
            ), settled AS (
              UPDATE outbox.delivery AS d
              SET status = g.status, attempts = g.number, step = d.step + 1, round_began_at = g.round_began_at,
                next_attempt_at = g.next_attempt_at, lease = NULL, leased_until = NULL, finding = g.finding,
                response_status = g.response_status, last_attempt_at = g.at
              FROM given AS g
              WHERE d.id = g.id AND d.lease = g.lease
              RETURNING g.*, d.endpoint_id
            ), kept AS (
              INSERT INTO outbox.attempt
                (delivery_id, number, at, duration_ms, url, signature, finding, response_status, excerpt)
              SELECT id, number, at, duration_ms, url, signature, finding, response_status, excerpt FROM settled
            ), reached AS (
              SELECT id FROM outbox.endpoint
              WHERE id IN (SELECT endpoint_id FROM settled WHERE status = 'delivered') AND failing_since IS NOT NULL
              ORDER BY id
              FOR NO KEY UPDATE
            ), well AS (
              UPDATE outbox.endpoint AS e SET failing_since = NULL FROM reached WHERE e.id = reached.id
            )
            SELECT id FROM settled
            """;

    private final JdbcTemplate jdbc;

    ResultStore(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    /** The ids of the deliveries whose lease still held; of the others nothing is written. */
    Set<UUID> keep(List<Result> results) {
        return new HashSet<>(
                jdbc.query(connection -> statement(connection, results), (row, index) -> row.getObject(1, UUID.class)));
    }

    private static PreparedStatement statement(Connection connection, List<Result> results) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(KEEP);
        Columns columns = new Columns(statement, results);
        columns.add("uuid", result -> result.claimed().deliveryId());
        columns.add("uuid", result -> result.claimed().lease());
        columns.add("integer", result -> result.claimed().attempts() + 1);
        columns.add("timestamptz", result -> time(result.sent().at()));
        columns.add("integer", result -> (int) result.sent().took().toMillis());
        columns.add("text", result -> result.claimed().url());
        columns.add("text", result -> result.sent().signature());
        columns.add("text", result -> result.finding().word());
        columns.add(
                "integer",
                result -> result.finding().status() > 0 ? result.finding().status() : null);
        columns.add("text", result -> result.sent().reply().excerpt());
        columns.add("timestamptz", result -> time(result.roundBeganAt()));
        columns.add("text", result -> status(result.after()));
        columns.add("timestamptz", result -> result.after() instanceof Again again ? time(again.at()) : null);
        return statement;
    }

    private static String status(AfterAttempt after) {
        return switch (after) {
            case Delivered delivered -> "delivered";
            case Again again -> "pending";
            case GivenUp givenUp -> "failed";
            case Unwanted unwanted -> "failed";
        };
    }

    private static String time(Instant instant) {
        return Sql.time(instant).toString();
    }

    private static final class Columns {
        private final PreparedStatement statement;
        private final List<Result> results;
        private int number;

        Columns(PreparedStatement statement, List<Result> results) {
            this.statement = statement;
            this.results = results;
        }

        void add(String type, Function<Result, @Nullable Object> value) throws SQLException {
            Object[] values = results.stream().map(value).toArray();
            statement.setArray(++number, statement.getConnection().createArrayOf(type, values));
        }
    }
}
