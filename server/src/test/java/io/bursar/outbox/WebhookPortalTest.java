package io.bursar.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditEntry;
import io.bursar.platform.PersonalData;
import io.bursar.platform.Secrets;
import io.bursar.shared.Actor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** The pages of those who look after an owner's endpoints, and that they see nobody else's. */
class WebhookPortalTest {
    private static final Pattern CODE = Pattern.compile("(\\d{4} \\d{4})");
    private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/=]{44}");
    private static final Actor TESTER = Actor.system("test");

    private final TestBursar bursar = TestBursar.shared();
    private final String owner = "partner/" + UUID.randomUUID();
    private final String email = "c" + UUID.randomUUID() + "@partner.example";

    @BeforeEach
    void add() {
        // Codes are limited by the minute.
        bursar.clock().forward(Duration.ofMinutes(1));
        addEndpoint(owner);
        inTransaction(() -> bursar.bean(Contacts.class).add(owner, email, TESTER));
    }

    @Test
    void an_operator_adds_a_contact_who_signs_in_with_a_code_by_mail() {
        String path = "/console/webhooks/endpoints/" + endpoint(owner).idText();
        String other = "d" + UUID.randomUUID() + "@partner.example";
        Browser admin = bursar.admin();
        assertThat(admin.submit(path, path + "/contacts", Map.of("email", "nonsense"))
                        .body())
                .contains("must look like");
        assertThat(admin.submit(path, path + "/contacts", Map.of("email", other))
                        .statusCode())
                .isEqualTo(302);
        assertThat(admin.get(path).body()).contains(other, home() + "/login");

        Browser browser = signedIn(other);

        assertThat(browser.get(home()).body()).contains("Your webhooks", "http://127.0.0.1:9/hook");
        assertThat(browser.get("/console").statusCode()).isEqualTo(303);
        assertThat(audited()).contains("webhook.contact_added");
    }

    @Test
    void they_see_why_a_delivery_failed_and_send_it_again() {
        Browser browser = signedIn(email);
        DeliveryView delivery = refused(owner);

        String page = browser.get(home() + "/deliveries/" + delivery.idText()).body();
        assertThat(page)
                .contains("URL not allowed", "Your side:", "webhook-id: " + delivery.eventIdText())
                .doesNotContain("whsec_", "th:", "/console");
        String path = home() + "/deliveries/" + delivery.idText();
        assertThat(browser.submit(path, path + "/replay", Map.of()).statusCode())
                .isEqualTo(302);
        await().until(() -> only(owner).attempts() == 2);
        assertThat(audited()).contains("webhook.replayed");
    }

    @Test
    void they_test_rotate_revoke_and_enable_but_not_what_an_operator_disabled() {
        Browser browser = signedIn(email);
        EndpointView before = endpoint(owner);
        String path = home() + "/endpoints/" + before.idText();

        browser.submit(path, path + "/test", Map.of());
        assertThat(browser.get(path).body()).contains("bursar.test");
        assertThat(browser.submit(path, path + "/rotate", Map.of()).body()).containsPattern(SECRET);
        assertThat(endpoint(owner).previousSecretFingerprint()).isEqualTo(before.secretFingerprint());
        assertThat(browser.get(path).body()).doesNotContain("whsec_");
        assertThat(browser.submit(path, path + "/revoke", Map.of()).body()).containsPattern(SECRET);
        assertThat(endpoint(owner).previousSecretFingerprint()).isNull();

        disable("failing");
        assertThat(browser.get(path).body()).contains("Nothing has reached it for days");
        assertThat(browser.submit(path, path + "/enable", Map.of()).statusCode())
                .isEqualTo(302);
        assertThat(endpoint(owner).disabledAt()).isNull();
        disable("operator");
        assertThat(browser.submit(path, path + "/enable", Map.of()).statusCode())
                .isEqualTo(409);
        assertThat(audited())
                .contains("webhook.tested", "webhook.secret_rotated", "webhook.secret_revoked", "webhook.enabled");
    }

    @Test
    void nothing_of_another_owner_exists_for_them() {
        Browser browser = signedIn(email);
        String other = "partner/" + UUID.randomUUID();
        addEndpoint(other);
        DeliveryView foreign = refused(other);
        EndpointView theirs = endpoint(other);

        assertThat(browser.get("/webhooks/" + other).statusCode()).isEqualTo(404);
        for (String base : List.of(home(), "/webhooks/" + other)) {
            assertThat(browser.get(base + "/endpoints/" + theirs.idText()).statusCode())
                    .isEqualTo(404);
            assertThat(browser.get(base + "/deliveries/" + foreign.idText()).statusCode())
                    .isEqualTo(404);
            for (String act : List.of("test", "rotate", "revoke", "enable")) {
                String path = base + "/endpoints/" + theirs.idText() + "/" + act;
                assertThat(browser.submit(home(), path, Map.of()).statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
            String replay = base + "/deliveries/" + foreign.idText() + "/replay";
            assertThat(browser.submit(home(), replay, Map.of()).statusCode())
                    .as(replay)
                    .isEqualTo(404);
        }
        assertThat(endpoint(other)).isEqualTo(theirs);
        assertThat(only(other).attempts()).isEqualTo(1);
        assertThat(browser.get(home()).body()).doesNotContain(foreign.idText(), theirs.idText());
    }

    @Test
    void whoever_is_removed_or_forgotten_is_out_at_once() {
        Browser removed = signedIn(email);
        UUID contact = bursar.bean(Contacts.class).of(owner).getFirst().id();
        inTransaction(() -> {
            bursar.bean(Contacts.class).remove(owner, contact, TESTER);
            return "";
        });
        HttpResponse<String> answer = removed.get(home());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue(home() + "/login");

        inTransaction(() -> bursar.bean(Contacts.class).add(owner, email, TESTER));
        Browser forgotten = signedIn(email);
        PersonalData addresses = bursar.bean(ContactAddresses.class);
        assertThat(addresses.of(email)).hasSize(1);
        addresses.erase(email);
        assertThat(forgotten.get(home()).statusCode()).isEqualTo(303);
        assertThat(addresses.of(email)).isEmpty();
    }

    @Test
    void an_address_nobody_has_gets_the_same_answer_and_no_mail() {
        String nobody = "n" + UUID.randomUUID() + "@partner.example";

        assertThat(told(ask(bursar.browser(), nobody), nobody)).isEqualTo(told(ask(bursar.browser(), email), email));
        assertThat(mails(nobody)).isEmpty();
        assertThat(mails(email)).hasSize(1);
        assertThat(bursar.browser()
                        .get("/webhooks/partner/" + UUID.randomUUID() + "/login")
                        .statusCode())
                .isEqualTo(200);
    }

    private Browser signedIn(String address) {
        Browser browser = bursar.browser();
        ask(browser, address);
        Matcher code = CODE.matcher(mails(address).getLast());
        assertThat(code.find()).isTrue();
        HttpResponse<String> entered = browser.submit(
                home() + "/login", home() + "/login/code", Map.of("email", address, "code", code.group()));
        assertThat(entered.statusCode()).isEqualTo(302);
        assertThat(entered.headers().firstValue("Location").orElseThrow()).endsWith(home());
        return browser;
    }

    private HttpResponse<String> ask(Browser browser, String address) {
        HttpResponse<String> answer = browser.submit(home() + "/login", home() + "/login", Map.of("email", address));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    private static String told(HttpResponse<String> page, String address) {
        String body = page.body();
        return body.substring(body.indexOf("<h1>"), body.indexOf("</main>"))
                .replace(address, "…")
                .replaceAll("name=\"_csrf\"[^>]*>", "");
    }

    private List<String> mails(String address) {
        bursar.run("mail-sign-in-codes");
        await().until(() -> bursar.sql()
                .sql("SELECT count(*) = 0 FROM identity.email_code WHERE letter_sealed IS NOT NULL")
                .query(Boolean.class)
                .single());
        return bursar.sql()
                .sql("SELECT id, body_sealed FROM mail.message WHERE recipient = :address ORDER BY id")
                .param("address", address)
                .query((row, number) -> new String(
                        bursar.bean(Secrets.class)
                                .open("mail.message/" + row.getObject("id", UUID.class), row.getBytes("body_sealed")),
                        StandardCharsets.UTF_8))
                .list();
    }

    private String home() {
        return "/webhooks/" + owner;
    }

    private void addEndpoint(String of) {
        inTransaction(() -> bursar.bean(Endpoints.class).add(of, "http://127.0.0.1:9/hook", TESTER));
    }

    /** No origin is allowed here, so that it fails for good. */
    private DeliveryView refused(String of) {
        inTransaction(() -> bursar.bean(Outbox.class)
                .publish(of, "payment.verified", "payment-request/1", Map.of("amount", "39.12")));
        await().until(() -> only(of).status().equals("failed"));
        return only(of);
    }

    private void disable(String reason) {
        bursar.sql()
                .sql("UPDATE outbox.endpoint SET disabled_at = now(), disabled_reason = :reason WHERE owner = :owner")
                .param("reason", reason)
                .param("owner", owner)
                .update();
    }

    private EndpointView endpoint(String of) {
        return bursar.bean(Endpoints.class).of(of).getFirst();
    }

    private DeliveryView only(String of) {
        return bursar.bean(Endpoints.class)
                .deliveries(of, null, null, 10)
                .items()
                .getFirst();
    }

    private List<String> audited() {
        return bursar.bean(Audit.class).entries(owner, null, 50).items().stream()
                .map(AuditEntry::action)
                .toList();
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(bursar.bean(TransactionTemplate.class).execute(status -> work.get()));
    }
}
