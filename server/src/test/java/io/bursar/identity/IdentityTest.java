package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.shared.Actor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

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
    void an_unknown_account_and_a_wrong_password_look_the_same() {
        String known = operator(Role.VIEWER);
        HttpResponse<String> wrong = signIn(bursar.browser(), known, "not the password at all", "/console");
        HttpResponse<String> unknown = signIn(bursar.browser(), "nobody@bursar.example", PASSWORD, "/console");
        assertThat(wrong.statusCode()).isEqualTo(unknown.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("The e-mail address or the password is wrong.");
        assertThat(unknown.body()).contains("The e-mail address or the password is wrong.");
    }

    @Test
    void a_session_ends_after_half_an_hour_of_nothing_and_after_twelve_hours_of_anything() {
        Browser idle = bursar.admin();
        bursar.clock().forward(Duration.ofMinutes(29));
        assertThat(idle.get("/console").statusCode()).isEqualTo(200);
        bursar.clock().forward(Duration.ofMinutes(31));
        assertThat(idle.get("/console").statusCode()).isEqualTo(303);

        Browser busy = bursar.admin();
        for (int minutes = 0; minutes < 12 * 60; minutes += 20) {
            assertThat(busy.get("/console").statusCode())
                    .as("after %d minutes", minutes)
                    .isEqualTo(200);
            bursar.clock().forward(Duration.ofMinutes(20));
        }
        assertThat(busy.get("/console").statusCode()).isEqualTo(303);
    }

    @Test
    void signing_out_ends_the_session_for_whoever_kept_its_cookie() {
        Browser browser = bursar.admin();
        assertThat(browser.submit("/console", "/logout", Map.of()).statusCode()).isEqualTo(303);
        assertThat(browser.get("/console").statusCode()).isEqualTo(303);
    }

    @Test
    void a_form_without_its_token_or_with_an_old_one_changes_nothing() {
        Browser browser = bursar.browser();
        browser.get("/login");
        HttpResponse<String> missing = browser.post("/login", Map.of("email", "a", "password", "b"));
        assertThat(missing.statusCode()).isEqualTo(403);
        assertThat(missing.body()).contains("without its protection field");
        HttpResponse<String> foreign = browser.post("/login", Map.of("_csrf", "AAAA", "email", "a", "password", "b"));
        assertThat(foreign.statusCode()).isEqualTo(403);

        String token = Browser.csrf(browser.get("/login").body()).orElseThrow();
        bursar.clock().forward(CsrfTokens.LIFE.plusMinutes(1));
        Map<String, String> form =
                Map.of("_csrf", token, "email", TestBursar.ADMIN_EMAIL, "password", TestBursar.ADMIN_PASSWORD);
        assertThat(browser.post("/login", form).statusCode()).isEqualTo(403);
        assertThat(count("csrf_expired")).isPositive();
    }

    @Test
    void a_program_is_told_the_code_of_a_refused_form_and_given_no_cookie_for_reading() {
        HttpResponse<String> refused = bursar.browser().json("POST", "/api/admin/fx-refresh", "{}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"code\":\"csrf_missing\"");
        assertThat(bursar.browser().get("/api/health").headers().map()).doesNotContainKey("set-cookie");
    }

    @Test
    void guessing_locks_the_guesser_out_and_not_the_operator_at_their_own_browser() {
        String email = operator(Role.SUPPORT);
        Browser own = bursar.browser().signIn(email, PASSWORD);
        own.submit("/console", "/logout", Map.of());
        Browser stranger = bursar.browser();
        for (int guess = 0; guess < 5; guess++) {
            signIn(stranger, email, "guess number " + guess, "/console");
        }
        assertThat(signIn(stranger, email, PASSWORD, "/console").statusCode()).isEqualTo(429);
        assertThat(signIn(own, email, PASSWORD, "/console").statusCode()).isEqualTo(303);
    }

    @Test
    void too_many_sign_ins_of_a_minute_are_turned_away_with_the_seconds_to_wait() {
        Browser browser = bursar.browser();
        bursar.clock().forward(Duration.ofMinutes(2));
        HttpResponse<String> answer = browser.get("/login");
        for (int attempt = 0; attempt <= 50; attempt++) {
            answer = signIn(browser, "nobody-" + attempt + "@bursar.example", PASSWORD, "/console");
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(header(answer, "RateLimit-Remaining")).isEqualTo("0");
        assertThat(Integer.parseInt(header(answer, "Retry-After"))).isBetween(1, 60);
        bursar.clock().forward(Duration.ofMinutes(2));
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
    void a_revoked_key_and_a_key_nobody_issued_open_nothing() {
        ApiKeys keys = bursar.bean(ApiKeys.class);
        TransactionTemplate transaction = bursar.bean(TransactionTemplate.class);
        UUID partner = UUID.randomUUID();
        IssuedApiKey key = transaction.execute(status -> keys.issue(partner, TEST));
        assertThat(keys.authenticate(key.key()))
                .map(Principal.PartnerKey::partnerId)
                .contains(partner);
        assertThat(keys.authenticate(key.key().replace("bk_live_", "bk_test_"))).isEmpty();
        assertThat(keys.authenticate(key.prefix() + "_" + "0".repeat(48))).isEmpty();
        assertThat(transaction.execute(status -> keys.revoke(UUID.randomUUID(), key.credentialId(), TEST)))
                .as("by another partner")
                .isFalse();
        assertThat(transaction.execute(status -> keys.revoke(partner, key.credentialId(), TEST)))
                .isTrue();
        assertThat(keys.authenticate(key.key())).isEmpty();
        assertThat(key.toString()).doesNotContain(key.key());
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

    private long count(String code) {
        return bursar.bean(io.bursar.errorlog.ErrorLog.class).count(code, null);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
