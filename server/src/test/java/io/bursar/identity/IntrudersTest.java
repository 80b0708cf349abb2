package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people try who want in. Guessing is in {@code GuessingTest}, other tenants' ids in {@code TenantsTest}. */
class IntrudersTest {
    private static final String OPERATORS = "/console/operators";
    private final TestBursar bursar = TestBursar.shared();
    private final String email = UUID.randomUUID() + "@evil.example";

    @BeforeEach
    void a_minute_of_its_own() {
        bursar.clock().forward(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/",
                "//console",
                "/./console",
                "/console/.",
                "/console/..",
                "/console;x=y",
                "/console;/operators",
                "/console//operators",
                "/console/operators.json",
                "/console%2foperators",
                "/console%5coperators",
                "/console\\operators",
                "/console%00",
                "/console%0a",
                "/%63onsole/operators",
                "/%2563onsole/operators",
                "/CONSOLE/operators",
                "/assets/../console/operators",
                "/assets/..;/console/operators",
                "/assets/%2e%2e/console/operators",
                "/assets/..%2fconsole/operators",
                "/assets/..%252fconsole/operators",
                "/login/../console/operators",
                "/api/v1/../../console/operators",
                "/api/cron/..;/..;/console/operators",
                "/api/webhooks/%2e%2e/v1/ledger/accounts",
                "/api/v1/ledger/accounts/",
                "/api/v1/ledger/accounts;jsessionid=1",
                "/%61pi/v1/ledger/accounts",
                "/error",
                "http://127.0.0.1/console/operators",
                "/assets/../../../../etc/passwd",
                "/assets/%2e%2e/application.properties",
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF"
            })
    void no_way_of_writing_an_address_leads_around_the_sign_in(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(status(answer)).as(answer).isIn(303, 400, 401, 404);
        assertThat(answer).doesNotContain("Who may sign in", "nextCursor", "root:", "Manifest-Version", "java.");
    }

    /** The API's addresses ask for no token of a page, so that a browser must not get to the console through them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/..;/..;/console/operators",
                "/api/v1/../../console/operators",
                "/api/v1/%2e%2e/%2e%2e/console/operators",
                "/api/cron/..%2f..%2fconsole/operators",
                "/api/webhooks//../../console/operators",
                "/api/v1;/console/operators",
                "//console/operators"
            })
    void no_way_of_writing_an_address_leads_around_the_token_of_a_page(String path) throws IOException {
        String session = bursar.admin().cookie("bursar_session").orElseThrow();
        String form = "email=" + email + "&name=Eve&role=ADMIN&password=a+long+enough+password";

        String answer = raw("POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: bursar_session="
                + session + "; bursar_device=x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                + form.length() + "\r\n\r\n" + form);

        assertThat(status(answer)).as(answer).isIn(400, 401, 403, 404);
        assertThat(bursar.bean(Operators.class).find(email)).isEmpty();
    }

    @Test
    void another_site_makes_no_browser_do_anything_with_any_kind_of_form() {
        Browser victim = bursar.admin().with("Origin", "https://evil.example").with("Referer", "https://evil.example/");
        String theirs = Browser.csrf(bursar.browser().get("/login").body()).orElseThrow();
        String form = "email=" + email + "&name=Eve&role=ADMIN&password=a+long+enough+password&_csrf=" + theirs;
        Map<String, String> bodies = Map.of(
                "application/x-www-form-urlencoded",
                form,
                "text/plain",
                form,
                "application/json",
                "{}",
                "multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + theirs + "\r\n--x--\r\n");
        bodies.forEach((type, body) -> {
            HttpResponse<String> answer = victim.send(
                    victim.request(OPERATORS).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
            assertThat(answer.statusCode()).as(type).isEqualTo(403);
            assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
        });
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            HttpResponse<String> answer = victim.send(victim.request(OPERATORS)
                    .header("X-HTTP-Method-Override", "POST")
                    .method(method, BodyPublishers.ofString("_method=POST")));
            assertThat(answer.statusCode()).as(method).isEqualTo(403);
        }
        assertThat(bursar.bean(Operators.class).find(email)).isEmpty();
    }

    @Test
    void another_site_is_not_told_that_it_may_ask() {
        for (String path : List.of("/console", "/login", "/api/v1/ledger/accounts", "/api/cron/jobs/x/runs")) {
            Browser browser = bursar.browser();
            HttpResponse<String> answer = browser.send(browser.request(path)
                    .header("Origin", "https://evil.example")
                    .header("Access-Control-Request-Method", "POST")
                    .method("OPTIONS", BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(answer.headers().map()).as(path).doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void nothing_is_changed_by_reading() {
        Browser admin = bursar.admin();
        for (String path : List.of(
                "/logout",
                OPERATORS + "/" + new UUID(0, 0) + "/disabling",
                "/console/limits/refusals",
                "/login/code")) {
            assertThat(admin.get(path).statusCode()).as(path).isIn(404, 405);
        }
        assertThat(admin.get("/console").statusCode()).as("still signed in").isEqualTo(200);
    }

    @Test
    void a_cookie_that_is_no_session_is_no_session_and_breaks_nothing() {
        String session = bursar.admin().cookie("bursar_session").orElseThrow();
        String stored = bursar.sql()
                .sql("SELECT encode(token_digest, 'hex') FROM identity.session ORDER BY created_at DESC LIMIT 1")
                .query(String.class)
                .single();
        for (String cookie : List.of(
                "bursar_session=",
                "bursar_session=null",
                "bursar_session=' OR 1=1 --",
                "bursar_session=\"" + session.substring(1) + "\"",
                "bursar_session=" + stored,
                "bursar_session=" + stored.substring(0, 43),
                "bursar_session=" + session.toLowerCase(java.util.Locale.ROOT),
                "bursar_session=" + session + "x",
                "bursar_session=" + "A".repeat(4_000),
                "BURSAR_SESSION=" + session,
                "Bursar_Session=" + session,
                "x=bursar_session=" + session,
                "bursar_session=x; ".repeat(100))) {
            HttpResponse<String> answer =
                    bursar.browser().with("Cookie", cookie).get("/console/search");
            assertThat(answer.statusCode()).as(cookie).isEqualTo(303);
        }
    }

    @Test
    void headers_without_end_are_turned_away_before_anybody_is_looked_up() throws IOException {
        String bomb = "X-Bomb: " + "x".repeat(20_000) + "\r\n";
        assertThat(status(raw("GET /console HTTP/1.1\r\nHost: x\r\n" + bomb + "\r\n")))
                .isIn(400, 431);
        String many = "X-Many: y\r\n".repeat(2_000);
        assertThat(status(raw("GET /console HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + many + "\r\n")))
                .isIn(303, 400, 431);
    }

    @Test
    void no_script_reads_the_session_and_no_other_site_sends_it() {
        Browser browser = bursar.browser();
        HttpResponse<String> answer = browser.submit(
                "/login", "/login", Map.of("email", TestBursar.ADMIN_EMAIL, "password", TestBursar.ADMIN_PASSWORD));
        assertThat(answer.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("bursar_session="))
                .hasSize(1)
                .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/"));
    }

    private static int status(String answer) {
        return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    /** As it is written here: clients put addresses right. */
    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), bursar.url().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
