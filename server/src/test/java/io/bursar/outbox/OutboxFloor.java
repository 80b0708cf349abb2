package io.bursar.outbox;

import io.bursar.Floors;
import io.bursar.platform.Gatekeeper;
import io.bursar.platform.PublicUrl;
import io.bursar.platform.Secrets;
import io.bursar.shared.Actor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The outbox alone, with names that resolve as a test says and attempts that time out soon. */
final class OutboxFloor implements AutoCloseable {
    static final Actor TESTER = Actor.system("test");
    static final Duration ATTEMPT_MAX = Duration.ofSeconds(2);

    private static final String[] MODULES = {"audit", "errorlog", "mail", "outbox"};

    private final Floors floors;

    OutboxFloor(AddressGuard.Names names, String... allowedOrigins) {
        this(Floors.start(settings(allowedOrigins), context -> substitute(context, names), MODULES));
    }

    private OutboxFloor(Floors floors) {
        this.floors = floors;
    }

    /** Another process on the database of a floor. */
    static OutboxFloor join(String url, String... allowedOrigins) {
        return new OutboxFloor(Floors.join(
                url, settings(allowedOrigins), context -> substitute(context, InetAddress::getAllByName), MODULES));
    }

    private static Map<String, String> settings(String... allowedOrigins) {
        return Map.of("WEBHOOK_ALLOWED_ORIGINS", String.join(",", allowedOrigins));
    }

    private static void substitute(AnnotationConfigApplicationContext context, AddressGuard.Names names) {
        context.registerBean(PublicUrl.class, () -> new PublicUrl("https://pay.example"));
        context.registerBean("addressGuard", AddressGuard.class, () -> new AddressGuard(names));
        context.registerBean(
                "webhookClient",
                WebhookClient.class,
                () -> new WebhookClient(context.getBean(Clock.class), ATTEMPT_MAX, 256));
    }

    /** Allows exactly these receivers, by their literal addresses. */
    static OutboxFloor allowing(Receiver... receivers) {
        return new OutboxFloor(
                InetAddress::getAllByName,
                Arrays.stream(receivers).map(Receiver::origin).toArray(String[]::new));
    }

    /** Names that answer as the table says, and nothing else. */
    static AddressGuard.Names names(Function<String, @Nullable String> addresses) {
        return host -> {
            String address = addresses.apply(host);
            if (address == null) {
                throw new UnknownHostException(host);
            }
            return Stream.of(address.split(",", -1)).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        };
    }

    Floors floors() {
        return floors;
    }

    Endpoints endpoints() {
        return floors.bean(Endpoints.class);
    }

    static String newOwner() {
        return "partner/" + UUID.randomUUID();
    }

    /** Returns the secret. */
    String add(String owner, String url) {
        return Objects.requireNonNull(
                floors.transactions().execute(status -> endpoints().add(owner, url, TESTER)));
    }

    UUID publish(String owner, String type) {
        return inTransaction(
                () -> floors.bean(Outbox.class).publish(owner, type, "payment-request/1", Map.of("amount", "39.12")));
    }

    <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(floors.transactions().execute(status -> work.get()));
    }

    void sendDue() {
        floors.bean(DeliverWebhooks.class).run();
    }

    /** Another node on the same database. */
    Courier secondCourier() {
        return new Courier(
                floors.bean(DeliveryStore.class),
                floors.bean(Sender.class),
                floors.bean(Results.class),
                floors.bean(Gatekeeper.class),
                floors.clock());
    }

    DeliveryView only(String owner) {
        List<DeliveryView> all = deliveries(owner);
        return all.size() == 1 ? all.getFirst() : fail(all);
    }

    List<DeliveryView> deliveries(String owner) {
        return endpoints().deliveries(owner, null, null, 200).items();
    }

    EndpointView onlyEndpoint(String owner) {
        return endpoints().of(owner).getFirst();
    }

    /** Sends what is due and waits until the owner's only delivery has so many attempts behind it. */
    DeliveryView attempted(String owner, int attempts) {
        sendDue();
        Awaitility.await().until(() -> only(owner).attempts() == attempts && !leased(owner));
        return only(owner);
    }

    boolean leased(String owner) {
        return floors.sql()
                .sql("SELECT count(*) FROM outbox.delivery WHERE owner = :owner AND lease IS NOT NULL")
                .param("owner", owner)
                .query(Boolean.class)
                .single();
    }

    /** Mails to this address, with their subjects and texts. */
    String mailsTo(String address) {
        return floors
                .sql()
                .sql("SELECT id, subject, body_sealed FROM mail.message WHERE recipient = :address ORDER BY id")
                .param("address", address)
                .query((row, number) -> row.getString("subject") + "\n"
                        + new String(
                                floors.bean(Secrets.class)
                                        .open(
                                                "mail.message/" + row.getObject("id", UUID.class),
                                                row.getBytes("body_sealed")),
                                StandardCharsets.UTF_8))
                .list()
                .stream()
                .collect(Collectors.joining("\n"));
    }

    String errorsOf(String owner) {
        return floors
                .sql()
                .sql("SELECT code || ': ' || message FROM errorlog.entry WHERE subject = :owner")
                .param("owner", owner)
                .query(String.class)
                .list()
                .stream()
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        floors.close();
    }

    private static DeliveryView fail(List<DeliveryView> all) {
        throw new AssertionError("deliveries: " + all + " (expected: one)");
    }
}
