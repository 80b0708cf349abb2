package io.bursar.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.identity.Operators;
import io.bursar.identity.Role;
import io.bursar.shared.Actor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatesPageTest {
    private static final String PAGE = "/console/gates";
    private static final String PASSWORD = "only for tests: somebody";
    private static final Actor TEST = Actor.system("test");

    private final TestBursar bursar = TestBursar.shared();
    private final Gates gates = bursar.bean(Gates.class);

    @AfterEach
    void openAll() {
        gates.closed().forEach(view -> gates.open(view.gate(), "the test is over", TEST));
    }

    @Test
    void the_gates_of_every_module_are_listed_and_those_that_lead_outward_come_first() {
        assertThat(gates.list())
                .extracting(view -> view.gate().name() + (view.gate().outward() ? " out" : ""))
                .containsExactly(
                        "mail out",
                        "webhooks-out out",
                        "events-in",
                        "exchange-rates",
                        "ledger-postings",
                        "ledger-adjustments",
                        "payment-requests",
                        "payment-verification");
        assertThat(as(Role.VIEWER).get(PAGE).body())
                .contains("Webhooks out", "leaves Bursar", "All open")
                .doesNotContain("/closing", "th:");
    }

    @Test
    void a_closed_gate_stands_on_every_console_page_with_its_reason_and_on_none_for_strangers() {
        Browser support = as(Role.SUPPORT);
        String reason = "Looking into <duplicates> " + UUID.randomUUID();

        assertThat(close(support, "exchange-rates", reason).statusCode()).isEqualTo(303);

        for (String page : List.of("/console", "/console/jobs", PAGE, "/console/search?q=x", "/console/nothing")) {
            assertThat(support.get(page).body())
                    .as(page)
                    .contains(
                            "class=\"banner\"",
                            "Exchange rates",
                            reason.replace("<", "&lt;").replace(">", "&gt;"));
        }
        assertThat(bursar.browser().get("/login").body()).doesNotContain("banner", reason);
    }

    @Test
    void support_closes_and_only_an_admin_who_has_lately_proved_who_they_are_opens() {
        Browser support = as(Role.SUPPORT);
        assertThat(close(support, "exchange-rates", "duplicates").statusCode()).isEqualTo(303);
        assertThat(open(support, "exchange-rates", "mended").statusCode()).isEqualTo(403);
        assertThat(close(as(Role.VIEWER), "mail", "because I can").statusCode()).isEqualTo(403);

        Browser admin = bursar.browser().signIn(TestBursar.ADMIN_EMAIL, TestBursar.ADMIN_PASSWORD);
        bursar.clock().forward(Duration.ofMinutes(11));
        assertThat(open(admin, "exchange-rates", "mended").body()).contains("name=\"step_up\"");
        assertThat(gates.closed()).hasSize(1);

        assertThat(open(bursar.admin(), "exchange-rates", "mended").statusCode())
                .isEqualTo(303);
        assertThat(gates.closed()).isEmpty();
    }

    @Test
    void a_form_from_elsewhere_and_one_without_a_reason_change_nothing() {
        Browser admin = bursar.admin();
        assertThat(admin.post(PAGE + "/mail/closing", Map.of("reason", "forged"))
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> silent = close(admin, "mail", "  ");
        assertThat(silent.statusCode()).isEqualTo(422);
        assertThat(silent.body()).contains("A reason of 1 to 500 characters is needed.");
        assertThat(close(admin, "moat", "there is none").statusCode()).isEqualTo(404);
        assertThat(gates.closed()).isEmpty();
    }

    @Test
    void who_comes_second_is_told_so() {
        Browser admin = bursar.admin();
        close(admin, "mail", "first");
        HttpResponse<String> second = close(admin, "mail", "second");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("somebody was first");
        assertThat(gates.closed())
                .extracting(view -> String.valueOf(view.closure()))
                .first()
                .asString()
                .contains("first");
    }

    @Test
    void people_get_a_sentence_and_programs_a_problem() {
        gates.close(gates.find("exchange-rates").orElseThrow(), "secret reason", TEST);
        Browser admin = bursar.admin();

        HttpResponse<String> page = admin.submit("/console/fx", "/console/fx/fetch", Map.of());
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.headers().firstValue("Retry-After")).contains("60");
        assertThat(page.body()).contains("Exchange rates: paused for now.");

        String token = Browser.csrf(admin.get(PAGE).body()).orElseThrow();
        HttpResponse<String> api = admin.send(admin.request("/api/admin/fx-refresh")
                .header("X-CSRF-Token", token)
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
        assertThat(api.statusCode()).as(api.body()).isEqualTo(503);
        assertThat(api.headers().firstValue("Retry-After")).contains("60");
        assertThat(api.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(api.body())
                .contains("\"code\":\"exchange_rates_paused\"", "\"gate\":\"exchange-rates\"")
                .doesNotContain("secret reason");
    }

    private HttpResponse<String> close(Browser operator, String gate, String reason) {
        return operator.submit(PAGE, PAGE + "/" + gate + "/closing", Map.of("reason", reason));
    }

    private HttpResponse<String> open(Browser operator, String gate, String reason) {
        return operator.submit(PAGE, PAGE + "/" + gate + "/opening", Map.of("reason", reason));
    }

    private Browser as(Role role) {
        String email = UUID.randomUUID() + "@staff.example";
        bursar.bean(Operators.class).add(email, "Somebody", role, PASSWORD, TEST);
        return bursar.browser().signIn(email, PASSWORD);
    }
}
