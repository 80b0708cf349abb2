package io.bursar.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditEntry;
import io.bursar.shared.Actor;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** The pages on the whole product. No origin is allowed there, so a delivery to a loopback is refused for good. */
class WebhookPagesTest {
    private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/=]{44}");
    private final TestBursar bursar = TestBursar.shared();
    private final Browser admin = bursar.admin();
    private final String owner = "partner/" + UUID.randomUUID();

    @Test
    void a_refused_delivery_is_explained_and_can_be_sent_again() {
        DeliveryView delivery = refusedDelivery();

        String page =
                admin.get("/console/webhooks/deliveries/" + delivery.idText()).body();
        assertThat(page)
                .contains(
                        "Why is", "URL not allowed", "webhook-id: " + delivery.eventIdText(), "webhook-signature: v1,")
                .contains("&quot;amount&quot;:&quot;39.12&quot;")
                .doesNotContain("whsec_", "th:");

        String path = "/console/webhooks/deliveries/" + delivery.idText();
        assertThat(admin.submit(path, path + "/replay", Map.of()).statusCode()).isEqualTo(302);
        await().until(() -> only().attempts() == 2);
        assertThat(bursar.bean(Audit.class).entries(owner, null, 10).items())
                .extracting(AuditEntry::action)
                .contains("webhook.added", "webhook.replayed");
    }

    @Test
    void deliveries_are_filtered_by_the_url_and_counted_exactly() {
        refusedDelivery();

        assertThat(admin.get("/console/webhooks?owner=" + owner).body())
                .contains("1 delivery", "1 endpoint", "payment.verified", "http://127.0.0.1:9/hook");
        assertThat(admin.get("/console/webhooks?status=failed&owner=" + owner).body())
                .contains("1 delivery");
        assertThat(admin.get("/console/webhooks?status=delivered&owner=" + owner)
                        .body())
                .contains("0 deliveries", "No delivery matches");
        assertThat(admin.get("/console/search?q=" + only().eventIdText())
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .endsWith("/console/webhooks/deliveries/" + only().idText());
        assertThat(admin.get("/console/webhooks").statusCode()).isEqualTo(200);
        assertThat(admin.get("/console/webhooks/deliveries/dlv_nonsense").statusCode())
                .isEqualTo(404);
    }

    @Test
    void more_than_a_page_is_reached_by_its_link() {
        add();
        for (int i = 0; i < 51; i++) {
            publish();
        }

        String first = admin.get("/console/webhooks?owner=" + owner).body();
        Matcher more = Pattern.compile("href=\"(/console/webhooks\\?[^\"]*cursor=[^\"]+)\"")
                .matcher(first);

        assertThat(first).contains("51 deliveries");
        assertThat(more.find()).isTrue();
        String second = admin.get(more.group(1).replace("&amp;", "&")).body();
        assertThat(second.split("/console/webhooks/deliveries/dlv_", -1)).hasSize(2);
    }

    @Test
    void a_new_secret_is_shown_once_and_by_its_fingerprint_after() {
        add();
        EndpointView before = endpoint();
        String path = "/console/webhooks/endpoints/" + before.idText();

        String shown = admin.submit(path, path + "/rotate", Map.of()).body();

        Matcher secret = SECRET.matcher(shown);
        assertThat(secret.find()).isTrue();
        EndpointView rotated = endpoint();
        assertThat(SigningSecret.parse(secret.group()).fingerprint()).isEqualTo(rotated.secretFingerprint());
        assertThat(rotated.previousSecretFingerprint()).isEqualTo(before.secretFingerprint());
        assertThat(admin.get(path).body())
                .doesNotContain("whsec_")
                .contains(rotated.secretFingerprint(), before.secretFingerprint());

        assertThat(admin.submit(path, path + "/revoke", Map.of()).body()).contains("whsec_");
        assertThat(endpoint().previousSecretFingerprint()).isNull();
    }

    @Test
    void an_endpoint_is_tested_disabled_enabled_and_moved() {
        add();
        String path = "/console/webhooks/endpoints/" + endpoint().idText();

        admin.submit(path, path + "/disable", Map.of("reason", "partner asked"));
        assertThat(admin.get(path).body()).contains("Disabled by an operator");
        admin.submit(path, path + "/test", Map.of());
        assertThat(admin.get(path).body()).contains("bursar.test", "Held: endpoint disabled");
        admin.submit(path, path + "/enable", Map.of("reason", "back"));
        assertThat(admin.get(path).body()).contains(">Active<");

        assertThat(admin.submit(path, path + "/url", Map.of("url", "http://shop.example/hook"))
                        .body())
                .contains("The webhook URL must use HTTPS.");
        assertThat(admin.submit(path, path + "/url", Map.of("url", "https://shop.example/other"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(endpoint().url()).isEqualTo("https://shop.example/other");
        assertThat(bursar.bean(Audit.class).entries(owner, null, 10).items())
                .extracting(AuditEntry::action)
                .contains("webhook.disabled", "webhook.enabled", "webhook.tested", "webhook.url_replaced");
    }

    private DeliveryView refusedDelivery() {
        add();
        publish();
        await().until(() -> only().status().equals("failed"));
        return only();
    }

    private void add() {
        inTransaction(() -> bursar.bean(Endpoints.class).add(owner, "http://127.0.0.1:9/hook", Actor.system("test")));
    }

    private void publish() {
        inTransaction(() -> bursar.bean(Outbox.class)
                .publish(owner, "payment.verified", "payment-request/1", Map.of("amount", "39.12")));
    }

    private EndpointView endpoint() {
        return bursar.bean(Endpoints.class).of(owner).getFirst();
    }

    private DeliveryView only() {
        return Objects.requireNonNull(bursar.bean(Endpoints.class)
                .deliveries(owner, null, null, 10)
                .items()
                .getFirst());
    }

    private void inTransaction(Runnable change) {
        bursar.bean(TransactionTemplate.class).executeWithoutResult(status -> change.run());
    }
}
