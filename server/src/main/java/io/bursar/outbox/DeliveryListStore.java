package io.bursar.outbox;

import io.bursar.platform.Page;
import io.bursar.platform.Sql;
import io.bursar.shared.IdText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deliveries as they are looked at. */
@Component
class DeliveryListStore {
    private static final String VIEW = """
            SELECT d.id, d.event_id, d.endpoint_id, d.owner, d.subject, d.status, d.attempts, d.response_status,
              d.finding, d.created_at, d.last_attempt_at, d.next_attempt_at, v.type, e.url,
              d.status = 'pending' AND e.disabled_at IS NOT NULL AS held
            FROM outbox.delivery AS d
            JOIN outbox.event AS v ON v.id = d.event_id
            JOIN outbox.endpoint AS e ON e.id = d.endpoint_id
            """;
    private static final String MATCHES = """
            WHERE (CAST(:owner AS text) IS NULL OR d.owner = :owner)
              AND (CAST(:subject AS text) IS NULL OR d.subject = :subject)
              AND (CAST(:status AS text) IS NULL OR d.status = :status)
              AND (CAST(:endpoint AS uuid) IS NULL OR d.endpoint_id = :endpoint)
            """;

    private final JdbcClient jdbc;

    DeliveryListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a list is narrowed to; null does not narrow. */
    record Filter(
            @Nullable String owner,
            @Nullable String subject,
            @Nullable String status,
            @Nullable UUID endpointId) {}

    /** Newest first. A cursor that is none of ours begins at the beginning. */
    Page<DeliveryView> page(Filter filter, @Nullable String cursor, int limit) {
        UUID before = cursor == null ? null : IdText.parse("dlv", cursor).orElse(null);
        List<DeliveryView> rows = jdbc.sql(VIEW + MATCHES + """
                  AND (CAST(:before AS uuid) IS NULL OR d.id < :before)
                ORDER BY d.id DESC LIMIT :limit
                """)
                .param("owner", filter.owner())
                .param("subject", filter.subject())
                .param("status", filter.status())
                .param("endpoint", filter.endpointId())
                .param("before", before)
                .param("limit", limit + 1)
                .query((row, index) -> view(row))
                .list();
        return Page.of(rows, limit, DeliveryView::idText);
    }

    long count(Filter filter) {
        return jdbc.sql("SELECT count(*) FROM outbox.delivery AS d\n" + MATCHES)
                .param("owner", filter.owner())
                .param("subject", filter.subject())
                .param("status", filter.status())
                .param("endpoint", filter.endpointId())
                .query(Long.class)
                .single();
    }

    Optional<DeliveryView> find(UUID deliveryId) {
        return jdbc.sql(VIEW + "WHERE d.id = :id")
                .param("id", deliveryId)
                .query((row, index) -> view(row))
                .optional();
    }

    Optional<DeliveryView> find(String owner, UUID deliveryId) {
        return jdbc.sql(VIEW + "WHERE d.owner = :owner AND d.id = :id")
                .param("owner", owner)
                .param("id", deliveryId)
                .query((row, index) -> view(row))
                .optional();
    }

    /** Of an event's deliveries, one per endpoint, at most so many. */
    List<DeliveryView> ofEvent(UUID eventId, int limit) {
        return jdbc.sql(VIEW + "WHERE d.event_id = :event ORDER BY d.id LIMIT :limit")
                .param("event", eventId)
                .param("limit", limit)
                .query((row, index) -> view(row))
                .list();
    }

    String payload(UUID eventId) {
        return jdbc.sql("SELECT payload FROM outbox.event WHERE id = :id")
                .param("id", eventId)
                .query(String.class)
                .single();
    }

    /** An attempt as shown; {@code excerpt} is the beginning of the response. */
    record AttemptLine(int number, Instant at, long durationMs, String signature, Finding finding, String excerpt) {}

    /** Newest first, and no more than a page can show. */
    List<AttemptLine> attempts(UUID deliveryId, int limit) {
        return jdbc.sql("""
                SELECT number, at, duration_ms, signature, finding, response_status, excerpt
                FROM outbox.attempt WHERE delivery_id = :id ORDER BY number DESC LIMIT :limit
                """)
                .param("id", deliveryId)
                .param("limit", limit)
                .query((row, index) -> new AttemptLine(
                        row.getInt("number"),
                        Sql.instant(row, "at"),
                        row.getLong("duration_ms"),
                        row.getString("signature"),
                        Finding.parse(row.getString("finding")),
                        row.getString("excerpt")))
                .list();
    }

    private static DeliveryView view(ResultSet row) throws SQLException {
        @Nullable Integer responseStatus = row.getObject("response_status", Integer.class);
        return new DeliveryView(
                row.getObject("id", UUID.class),
                row.getObject("event_id", UUID.class),
                row.getString("type"),
                row.getString("subject"),
                row.getString("url"),
                row.getString("status"),
                row.getInt("attempts"),
                responseStatus,
                row.getString("finding"),
                Sql.instant(row, "created_at"),
                Sql.instantOrNull(row, "last_attempt_at"),
                Sql.instantOrNull(row, "next_attempt_at"),
                row.getString("owner"),
                row.getObject("endpoint_id", UUID.class),
                row.getBoolean("held"));
    }
}
