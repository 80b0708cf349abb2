package io.bursar.inbox;

import io.bursar.platform.Sql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Keeps events, many in one statement, which by itself is the transaction that makes them durable. One that was known
 * so long ago that it has been deleted since is not kept again.
 */
@Component
class IntakeStore {
    /** In the order of the key, so that two nodes that keep the same events wait for each other and never in a ring. */
    private static final String KEEP = """
            WITH given AS (
              SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::bytea[], ?::timestamptz[])
                AS g (id, provider, account, external_id, kind, subject, verdict, headers, body, received_at)
            ), kept AS (
              INSERT INTO inbox.event
                (id, provider, account, external_id, kind, subject, verdict, headers, body, received_at)
              SELECT * FROM given
              WHERE NOT EXISTS (
                SELECT FROM inbox.purged WHERE name = inbox.name_of(provider, account, external_id))
              ORDER BY provider, account, external_id
              ON CONFLICT (provider, account, external_id) DO NOTHING
              RETURNING id, provider, account, subject, received_at
            ), queued AS (
              INSERT INTO inbox.work (event_id, provider, account, subject, state, next_attempt_at)
              SELECT id, provider, account, subject, 'waiting', received_at FROM kept
            )
            SELECT id FROM kept
            """;

    private final JdbcTemplate jdbc;

    IntakeStore(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    /** The ids of those that were new. */
    Set<UUID> keep(List<NewEvent> events) {
        return new HashSet<>(jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(KEEP);
                    statement.setArray(1, array(connection, "uuid", events, NewEvent::id));
                    statement.setArray(2, array(connection, "text", events, NewEvent::provider));
                    statement.setArray(3, array(connection, "text", events, NewEvent::account));
                    statement.setArray(
                            4,
                            array(
                                    connection,
                                    "text",
                                    events,
                                    event -> event.name().externalId()));
                    statement.setArray(
                            5,
                            array(
                                    connection,
                                    "text",
                                    events,
                                    event -> event.name().kind()));
                    statement.setArray(
                            6,
                            array(
                                    connection,
                                    "text",
                                    events,
                                    event -> event.name().subject()));
                    statement.setArray(7, array(connection, "text", events, IntakeStore::verdict));
                    statement.setArray(8, array(connection, "text", events, NewEvent::headers));
                    statement.setArray(
                            9,
                            connection.createArrayOf(
                                    "bytea", events.stream().map(NewEvent::body).toArray(byte[][]::new)));
                    statement.setArray(
                            10,
                            array(
                                    connection,
                                    "timestamptz",
                                    events,
                                    event -> Sql.time(event.at()).toString()));
                    return statement;
                },
                (row, number) -> row.getObject(1, UUID.class)));
    }

    private static String verdict(NewEvent event) {
        return switch (event.source()) {
            case SIGNED -> "signed";
            case LISTED -> "listed";
        };
    }

    private static Array array(
            Connection connection, String type, List<NewEvent> events, Function<NewEvent, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, events.stream().map(value).toArray());
    }
}
