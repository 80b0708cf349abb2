package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.shared.Actor;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final Actor TEST = Actor.system("test");
    private static final String PASSWORD = "a long enough password";
    private final TestBursar bursar = TestBursar.shared();

    @Test
    void the_console_asks_strangers_to_sign_in_and_brings_them_back() {
        HttpResponse<String> answer = bursar.browser().get("/console/settings?tab=all");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(header(answer, "Location")).isEqualTo("/login?next=%2Fconsole%2Fsettings%3Ftab%3Dall");
        assertThat(signIn(bursar.browser(), TestBursar.ADMIN_EMAIL, TestBursar.ADMIN_PASSWORD, "/console/settings"))
                .satisfies(signedIn -> assertThat(header(signedIn, "Location")).isEqualTo("/console/settings"));
    }

    @Test
    void a_sign_in_never_leads_to_another_site() {
        for (String next :
                new String[] {"https://evil.example", "//evil.example", "/\\evil.example", "/console//x\r\n"}) {
            HttpResponse<String> answer =
                    signIn(bursar.browser(), TestBursar.ADMIN_EMAIL, TestBursar.ADMIN_PASSWORD, next);
            assertThat(header(answer, "Location")).as(next).startsWith("/console");
        }
    }

    @Test
    void signing_out_ends_the_session_for_whoever_kept_its_cookie() {
        Browser browser = bursar.admin();
        assertThat(browser.submit("/console", "/logout", Map.of()).statusCode()).isEqualTo(303);
        assertThat(browser.get("/console").statusCode()).isEqualTo(303);
    }

    @Test
    void a_program_is_told_the_code_of_a_refused_form_and_given_no_cookie_for_reading() {
        HttpResponse<String> refused = bursar.browser().json("POST", "/api/admin/fx-refresh", "{}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"code\":\"csrf_missing\"");
        assertThat(bursar.browser().get("/api/health").headers().map()).doesNotContainKey("set-cookie");
    }

    @Test
    void a_role_is_not_enough_for_what_is_above_it() {
        Browser viewer = bursar.browser().signIn(operator(Role.VIEWER), PASSWORD);
        assertThat(viewer.get("/console/settings").statusCode()).isEqualTo(403);
        assertThat(viewer.get("/console").statusCode()).isEqualTo(200);
    }

    @Test
    void passwords_are_measured_in_bytes_and_the_refusal_says_so() {
        OperatorCreation creation =
                bursar.bean(Operators.class).add("long@bursar.example", "Long", Role.VIEWER, "ü".repeat(37), TEST);
        assertThat(creation)
                .isEqualTo(new OperatorCreation.Refused(
                        "password", "The password must not exceed 72 bytes; this one has 74."));
    }

    @Test
    void every_page_carries_the_headers_that_keep_strangers_scripts_out() {
        HttpResponse<String> page = bursar.browser().get("/login");
        assertThat(header(page, "Content-Security-Policy"))
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.headers().allValues("Set-Cookie"))
                .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax"));
    }

    private String operator(Role role) {
        String email = role.name().toLowerCase(java.util.Locale.ROOT) + "-" + UUID.randomUUID() + "@bursar.example";
        OperatorCreation creation = bursar.bean(Operators.class).add(email, "Somebody", role, PASSWORD, TEST);
        assertThat(creation).isInstanceOf(OperatorCreation.Created.class);
        return email;
    }

    private static HttpResponse<String> signIn(Browser browser, String email, String password, String next) {
        return browser.submit("/login", "/login", Map.of("email", email, "password", password, "next", next));
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
