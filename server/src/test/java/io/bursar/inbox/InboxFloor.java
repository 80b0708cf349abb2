package io.bursar.inbox;

import io.bursar.Floors;
import io.bursar.errorlog.ErrorLog;
import io.bursar.inbox.EventListStore.AttemptLine;
import io.bursar.inbox.NewEvent.Source;
import io.bursar.inbox.Verdict.Genuine;
import io.bursar.platform.Sql;
import io.bursar.shared.UuidV7;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The inbox alone with Acme's shop on it, where a test says when events are applied. */
final class InboxFloor implements AutoCloseable {
    private final Floors floors;

    InboxFloor() {
        this(context -> {});
    }

    InboxFloor(Consumer<AnnotationConfigApplicationContext> substitutes) {
        floors = Floors.start(Map.of(), substitutes, "audit", "errorlog", "inbox", "shop");
    }

    Floors floors() {
        return floors;
    }

    AcmeShop shop() {
        return floors.bean(AcmeShop.class);
    }

    Inbox inbox() {
        return floors.bean(Inbox.class);
    }

    /** {@code more} is further fields of the body, such as {@code "version":1}. */
    UUID keep(String externalId, String kind, String subject, String more) {
        NewEvent event = new NewEvent(
                UuidV7.at(floors.clock().instant()),
                Acme.NAME,
                "shop",
                new Genuine(externalId, kind, subject),
                Source.SIGNED,
                "{}",
                body(externalId, kind, subject, more),
                floors.clock().instant());
        if (!(floors.bean(Intake.class).keep(event) instanceof Receipt.Kept(UUID id))) {
            throw new AssertionError("not kept: " + externalId);
        }
        return id;
    }

    static byte[] body(String externalId, String kind, String subject, String more) {
        return "{\"id\":\"%s\",\"type\":\"%s\",\"subject\":\"%s\"%s}"
                .formatted(externalId, kind, subject, more.isEmpty() ? "" : "," + more)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Applies what is due and returns when there is no more and none is under way. */
    void apply() {
        ApplyEvents job = floors.bean(ApplyEvents.class);
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
            job.run();
            return leases() == 0 && due() == 0;
        });
    }

    private long due() {
        return floors.sql()
                .sql("SELECT count(*) FROM inbox.work WHERE next_attempt_at <= :now")
                .param("now", Sql.time(floors.clock().instant()))
                .query(Long.class)
                .single();
    }

    /** Lets so much time pass that any pause is over. */
    void applyLater() {
        floors.clock().forward(Duration.ofHours(14));
        apply();
    }

    long leases() {
        return floors.sql()
                .sql("SELECT count(*) FROM inbox.work WHERE lease IS NOT NULL")
                .query(Long.class)
                .single();
    }

    /** Another node on the same database. */
    Workbench secondNode() {
        return new Workbench(
                floors.bean(WorkStore.class),
                Map.of(Acme.NAME, shop()),
                floors.transactions(),
                floors.bean(ErrorLog.class),
                floors.clock());
    }

    EventView event(UUID id) {
        return floors.bean(EventListStore.class).find(id).orElseThrow();
    }

    List<AttemptLine> attempts(UUID id) {
        return floors.bean(EventListStore.class).attempts(id, 100);
    }

    List<@Nullable String> errors(UUID id) {
        return floors.sql()
                .sql("SELECT code || ': ' || message FROM errorlog.entry WHERE subject = :subject ORDER BY sequence")
                .param("subject", "inbox-event/" + id)
                .query(String.class)
                .list();
    }

    @Override
    public void close() {
        floors.close();
    }
}
