package io.bursar.inbox;

import io.bursar.inbox.Handled.Applied;
import io.bursar.inbox.Handled.Ignored;
import io.bursar.inbox.Handled.NotYet;
import io.bursar.inbox.Handled.Refused;
import io.bursar.platform.WorldFailedException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small system that lives by Acme's events: invoices are created, changed by version, paid and refunded, whatever
 * comes first. The kinds {@code test.…} do what their name says.
 */
@Component
final class AcmeShop implements EventHandler<JsonNode> {
    private final JdbcClient jdbc;
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final AtomicInteger together = new AtomicInteger();

    AcmeShop(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The most events about one subject that were ever applied at once. */
    int togetherMax() {
        return together.get();
    }

    List<Map<String, @Nullable Object>> invoices() {
        return jdbc.sql("SELECT account, id, note, version, paid, refunded FROM shop.invoice ORDER BY account, id")
                .query()
                .listOfRows();
    }

    @Override
    public String provider() {
        return Acme.NAME;
    }

    @Override
    public JsonNode gather(InboxEvent event) {
        outside();
        return switch (event.kind()) {
            case "test.away" -> throw new WorldFailedException("acme_unavailable", true, "Acme does not answer.", null);
            case "test.gone" -> throw new WorldFailedException("acme_gone", false, "Acme knows no such thing.", null);
            default -> JsonMapper.shared().readTree(event.body());
        };
    }

    @Override
    public Handled apply(InboxEvent event, JsonNode body) {
        inside();
        AtomicInteger busy =
                underWay.computeIfAbsent(event.account() + "/" + event.subject(), _ -> new AtomicInteger());
        together.accumulateAndGet(busy.incrementAndGet(), Math::max);
        try {
            return applied(event, body);
        } finally {
            busy.decrementAndGet();
        }
    }

    private Handled applied(InboxEvent event, JsonNode body) {
        String id = event.subject();
        return switch (event.kind()) {
            case "invoice.created", "invoice.changed" -> {
                jdbc.sql("""
                        INSERT INTO shop.invoice AS i (account, id, note, version) VALUES (?, ?, ?, ?)
                        ON CONFLICT (account, id) DO UPDATE SET note = excluded.note, version = excluded.version
                        WHERE i.version < excluded.version
                        """)
                        .params(
                                event.account(),
                                id,
                                body.path("note").asString(),
                                body.path("version").asInt())
                        .update();
                yield new Applied("Invoice " + id + " is known.");
            }
            case "invoice.paid" ->
                paid(event)
                        ? new Applied("Invoice " + id + " is paid.")
                        : new NotYet("There is no invoice " + id + " yet.");
            case "invoice.refunded" -> refunded(event, body);
            case "test.bug" -> {
                changed("UPDATE shop.invoice SET paid = true WHERE account = ? AND id = ?", event);
                throw new IllegalStateException("secret of the customer");
            }
            case "test.refused" -> {
                changed("UPDATE shop.invoice SET paid = true WHERE account = ? AND id = ?", event);
                yield new Refused("There is no <b>such</b> currency.");
            }
            default -> new Ignored("Another application's.");
        };
    }

    private boolean paid(InboxEvent event) {
        return changed("""
                UPDATE shop.invoice SET paid = true, touched = touched + 1 WHERE account = ? AND id = ?
                """, event);
    }

    private Handled refunded(InboxEvent event, JsonNode body) {
        boolean fresh = jdbc.sql("INSERT INTO shop.refund (account, id) VALUES (?, ?) ON CONFLICT DO NOTHING")
                        .params(event.account(), body.path("refund").asString())
                        .update()
                == 1;
        if (!fresh) {
            return new Applied("That refund is known.");
        }
        boolean paid = jdbc.sql("""
                UPDATE shop.invoice SET refunded = refunded + ? WHERE account = ? AND id = ? AND paid
                """)
                        .params(body.path("amount").asLong(), event.account(), event.subject())
                        .update()
                == 1;
        return paid ? new Applied("Refunded.") : new NotYet("Nothing was paid yet.");
    }

    private boolean changed(String update, InboxEvent event) {
        return jdbc.sql(update).params(event.account(), event.subject()).update() == 1;
    }

    private static void outside() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new AssertionError("gathered inside a transaction");
        }
    }

    private static void inside() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new AssertionError("applied outside a transaction");
        }
    }
}
