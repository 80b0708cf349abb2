package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.shared.Actor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class SignInTest {
    private static final String PASSWORD = "a long enough password";
    private final TestBursar bursar = TestBursar.shared();
    private final String email = UUID.randomUUID() + "@staff.example";

    /** A minute of its own, so that the tests before it have not used up its allowance. */
    @BeforeEach
    void add() {
        bursar.clock().forward(Duration.ofMinutes(1));
        bursar.bean(Operators.class).add(email, "Ada", Role.VIEWER, PASSWORD, Actor.system("test"));
    }

    @Test
    void a_session_ends_after_twelve_hours_however_busy_it_is() {
        Browser browser = bursar.browser().signIn(email, PASSWORD);
        for (int twenties = 0; twenties < 35; twenties++) {
            bursar.clock().forward(Duration.ofMinutes(20));
            assertThat(browser.get("/console/search").statusCode()).isEqualTo(200);
        }
        bursar.clock().forward(Duration.ofMinutes(21));

        assertThat(browser.get("/console/search").statusCode()).isEqualTo(303);
    }

    @Test
    void a_session_ends_after_half_an_hour_of_nothing() {
        Browser browser = bursar.browser().signIn(email, PASSWORD);
        bursar.clock().forward(Duration.ofMinutes(31));

        HttpResponse<String> answer = browser.get("/console/search?q=a");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/login?next=%2Fconsole%2Fsearch%3Fq%3Da");
    }

    @Test
    void an_unknown_account_and_a_wrong_password_read_alike() {
        assertThat(told(tried(bursar.browser(), email, "wrong password")))
                .isEqualTo(told(tried(bursar.browser(), "nobody@staff.example", "wrong password")))
                .contains("is wrong");
    }

    @Test
    void who_guesses_is_locked_out_for_longer_and_longer_and_a_known_browser_is_not() {
        Browser known = bursar.browser().signIn(email, PASSWORD);
        known.forgetCookie("bursar_session");
        Browser stranger = bursar.browser();
        for (int guess = 0; guess < 5; guess++) {
            tried(stranger, email, "wrong password");
        }

        assertThat(tried(stranger, email, PASSWORD).statusCode()).isEqualTo(429);
        assertThat(tried(known, email, PASSWORD).statusCode()).isEqualTo(303);

        bursar.clock().forward(Duration.ofSeconds(61));
        assertThat(tried(stranger, email, "wrong password").statusCode()).isEqualTo(429);
        bursar.clock().forward(Duration.ofSeconds(61));
        assertThat(tried(stranger, email, PASSWORD).statusCode()).isEqualTo(429);
        bursar.clock().forward(Duration.ofSeconds(61));
        assertThat(tried(stranger, email, PASSWORD).statusCode()).isEqualTo(303);
    }

    @Test
    void a_form_without_a_token_of_its_session_changes_nothing() {
        Browser browser = bursar.browser().signIn(email, PASSWORD);
        String token = Browser.csrf(browser.get("/console/search").body()).orElseThrow();

        assertThat(browser.post("/logout", Map.of()).body()).contains("without its protection field");
        assertThat(bursar.browser().post("/logout", Map.of("_csrf", token)).statusCode())
                .isEqualTo(403);
        bursar.clock().forward(Duration.ofDays(2).plusSeconds(1));
        HttpResponse<String> expired = browser.post("/logout", Map.of("_csrf", token));
        assertThat(expired.statusCode()).isEqualTo(403);
        assertThat(expired.body()).contains("more than two days");
    }

    @Test
    void too_many_tries_in_a_minute_are_turned_away_with_the_seconds_to_wait() {
        HttpResponse<String> answer = tried(bursar.browser(), "nobody@staff.example", "wrong password");
        String limit = answer.headers().firstValue("RateLimit-Limit").orElseThrow();
        assertThat(limit).isEqualTo("50");

        RateLimits limits = bursar.bean(RateLimits.class);
        String client = UUID.randomUUID().toString();
        limits.take("test", client, 1);
        assertThat(catchThrowable(() -> limits.take("test", client, 1))).hasMessageContaining("rate_limited");
        bursar.clock().forward(Duration.ofMinutes(1));
        limits.take("test", client, 1);
    }

    @Test
    void a_key_nobody_issued_and_a_revoked_one_are_a_problem_with_a_code() {
        ApiKeys keys = bursar.bean(ApiKeys.class);
        TransactionTemplate transaction = bursar.bean(TransactionTemplate.class);
        UUID partner = UUID.randomUUID();
        IssuedApiKey key = transaction.execute(status -> keys.issue(partner, Actor.system("test")));
        String path = "/api/v1/payment-requests";
        assertThat(bursar.browser().withKey(key.key()).get(path).statusCode()).isEqualTo(200);

        transaction.execute(
                status -> keys.revoke(new KeyOwner.Partner(partner), key.credentialId(), Actor.system("test")));

        String changed =
                key.key().substring(0, key.key().length() - 1) + (key.key().endsWith("a") ? "b" : "a");
        for (String bad : List.of(key.key(), changed, "bk_live_nonsense")) {
            HttpResponse<String> answer = bursar.browser().withKey(bad).get(path);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/problem+json");
            assertThat(answer.body()).contains("\"code\":\"unauthorized\"", "requestId");
        }
    }

    @Test
    void every_route_declares_who_may_call_it() {
        var routes = bursar.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods();
        assertThat(routes).isNotEmpty();
        assertThat(routes.values())
                .filteredOn(route -> !AccessInterceptor.open(route))
                .allSatisfy(route -> assertThat(AccessInterceptor.declared(route))
                        .as("%s", route)
                        .isNotNull());
    }

    @Test
    void no_secret_reaches_the_logs() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> captured = new ListAppender<>();
        captured.start();
        root.addAppender(captured);
        try {
            Browser browser = bursar.browser().signIn(email, PASSWORD);
            String session = browser.cookie("bursar_session").orElseThrow();
            tried(bursar.browser(), email, "a wrong secret");
            bursar.browser().withKey("bk_live_00000000_secret").get("/api/v1/payment-requests");
            browser.post("/logout", Map.of());

            assertThat(List.copyOf(captured.list).stream().map(ILoggingEvent::getFormattedMessage))
                    .isNotEmpty()
                    .noneMatch(line -> line.contains(PASSWORD)
                            || line.contains("a wrong secret")
                            || line.contains(session)
                            || line.contains("bk_live_")
                            || line.contains(TestBursar.ADMIN_PASSWORD));
        } finally {
            root.detachAppender(captured);
        }
    }

    private static HttpResponse<String> tried(Browser browser, String email, String password) {
        return browser.submit("/login", "/login", Map.of("email", email, "password", password));
    }

    /** The page without what differs each time: its token, its request, the address typed. */
    private static String told(HttpResponse<String> page) {
        assertThat(page.statusCode()).isEqualTo(401);
        return page.body()
                .substring(page.body().indexOf("role=\"alert\""))
                .lines()
                .findFirst()
                .orElseThrow();
    }
}
