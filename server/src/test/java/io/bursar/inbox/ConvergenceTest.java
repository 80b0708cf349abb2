package io.bursar.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.Floors;
import io.bursar.inbox.Backfill.Listed;
import io.bursar.inbox.Handled.Applied;
import io.bursar.inbox.Verdict.Genuine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The harness on Acme's shop, which converges, and on one that trusts the order, which it finds out. */
class ConvergenceTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime() % 1_000_000);

    @Test
    void a_handler_that_trusts_no_order_ends_in_one_state() {
        List<Map<String, @Nullable Object>> state = new Convergence<>(
                        Acme.NAME,
                        "shop",
                        events(),
                        ConvergenceTest::world,
                        floors -> floors.bean(AcmeShop.class).invoices())
                .holds(SEED, 2);

        assertThat(state)
                .hasSize(3)
                .allSatisfy(invoice -> assertThat(invoice)
                        .containsEntry("version", 3)
                        .containsEntry("note", "version 3")
                        .containsEntry("paid", true)
                        .containsEntry("refunded", 7L));
    }

    @Test
    void a_handler_that_trusts_the_order_is_found_out() {
        Convergence<List<@Nullable String>> trusting = new Convergence<>(
                Acme.NAME,
                "shop",
                events(),
                substitutes -> world(context -> {
                    substitutes.accept(context);
                    context.registerBean(
                            "acmeShop", EventHandler.class, () -> new Trusting(context.getBean(JdbcClient.class)));
                }),
                floors -> floors.sql()
                        .sql("SELECT id || ': ' || note FROM shop.invoice ORDER BY id")
                        .query(String.class)
                        .list());

        assertThatThrownBy(() -> trusting.holds(1, 5))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed");
    }

    private static Floors world(Consumer<AnnotationConfigApplicationContext> substitutes) {
        return Floors.start(Map.of(), substitutes, "audit", "errorlog", "inbox", "shop");
    }

    private static List<Listed> events() {
        List<Listed> events = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String about = "in_" + i;
            events.add(event("created_" + i, "invoice.created", about, "\"version\":1,\"note\":\"version 1\""));
            events.add(event("changed_" + i, "invoice.changed", about, "\"version\":2,\"note\":\"version 2\""));
            events.add(event("paid_" + i, "invoice.paid", about, ""));
            events.add(event("changed_again_" + i, "invoice.changed", about, "\"version\":3,\"note\":\"version 3\""));
            events.add(event("refunded_" + i, "invoice.refunded", about, "\"refund\":\"re_" + i + "\",\"amount\":7"));
            events.add(event("foreign_" + i, "other.kind", about, ""));
        }
        return events;
    }

    private static Listed event(String id, String kind, String about, String more) {
        return new Listed(new Genuine(id, kind, about), InboxFloor.body(id, kind, about, more));
    }

    /** Takes whatever comes last for what is true. */
    private record Trusting(JdbcClient jdbc) implements EventHandler<String> {
        @Override
        public String provider() {
            return Acme.NAME;
        }

        @Override
        public String gather(InboxEvent event) {
            return event.externalId();
        }

        @Override
        public Handled apply(InboxEvent event, String last) {
            jdbc.sql("""
                    INSERT INTO shop.invoice (account, id, note, version) VALUES (?, ?, ?, 1)
                    ON CONFLICT (account, id) DO UPDATE SET note = excluded.note
                    """).params(event.account(), event.subject(), last).update();
            return new Applied("Taken.");
        }
    }
}
