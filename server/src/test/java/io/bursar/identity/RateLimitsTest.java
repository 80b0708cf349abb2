package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.books.ApiBooks;
import io.bursar.books.Books;
import io.bursar.ledger.Book;
import io.bursar.platform.Database;
import io.bursar.platform.DatabaseLogins;
import io.bursar.shared.Actor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Two nodes on one database, in production with small limits. */
class RateLimitsTest {
    private static final Actor TEST = Actor.system("test");
    private static final String LIMITS = "/console/limits";
    private static final String ACCOUNTS = "/api/v1/ledger/accounts";
    private static final Map<String, String> SMALL =
            Map.of("BURSAR_MODE", "production", "LEDGER_CALLS_PER_MINUTE", "10", "TRUSTED_PROXIES", "127.0.0.1");
    private static final TestBursar ONE = TestBursar.start(SMALL);
    private static final TestBursar OTHER = second();

    @AfterAll
    static void stop() {
        OTHER.close();
        ONE.close();
    }

    @Test
    void two_nodes_count_one_key_together_and_say_so_in_the_headers() {
        String key = key();
        nextMinute();
        for (int call = 0; call < 5; call++) {
            assertThat(called(ONE, key).statusCode()).isEqualTo(200);
            assertThat(called(OTHER, key).statusCode()).isEqualTo(200);
        }

        HttpResponse<String> refused = called(OTHER, key);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(called(ONE, key).statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("\"code\":\"rate_limited\"");
        assertThat(header(refused, "Retry-After")).matches("[1-9][0-9]?");
        assertThat(header(refused, "RateLimit-Policy")).isEqualTo("\"ledger-api\";q=10;w=60");
        assertThat(header(refused, "RateLimit")).matches("\"ledger-api\";r=0;t=[1-9][0-9]?");
        assertThat(called(ONE, key()).statusCode()).isEqualTo(200);

        String page = ONE.admin().get("/console/limits").body();
        assertThat(page).contains("ledger-api", key.substring(0, 16)).doesNotContain(key);

        nextMinute();
        assertThat(called(ONE, key).statusCode()).isEqualTo(200);
    }

    /** A node goes by what it knows of a key for a second. */
    @Test
    void a_key_that_is_revoked_on_one_node_is_out_at_once_there_and_soon_on_the_other() {
        ApiBooks books = ONE.bean(ApiBooks.class);
        String name = "limits-" + UUID.randomUUID();
        books.open(name, TEST);
        Book book = book(name);
        IssuedApiKey key = books.issueKey(book, EnumSet.allOf(Scope.class), TEST);
        nextMinute();
        assertThat(called(ONE, key.key()).statusCode()).isEqualTo(200);
        assertThat(called(OTHER, key.key()).statusCode()).isEqualTo(200);
        books.revokeKey(book, key.credentialId(), TEST);

        assertThat(called(ONE, key.key()).statusCode()).isEqualTo(401);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(called(OTHER, key.key()).statusCode()).isEqualTo(401));
    }

    private static Book book(String name) {
        return ONE.bean(Books.class).ledger().books().stream()
                .filter(each -> each.name().endsWith(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoever_guesses_keys_is_refused_by_address_and_nobody_with_a_key_is() {
        String guess = "bk_live_00000000_" + "0".repeat(48);
        String key = key();
        Browser guesser = ONE.browser().with("X-Forwarded-For", "203.0.113.7").withKey(guess);
        nextMinute();
        for (int call = 0; call < 60; call++) {
            assertThat(guesser.get(ACCOUNTS).statusCode()).isEqualTo(401);
        }

        assertThat(guesser.get(ACCOUNTS).statusCode()).isEqualTo(429);
        assertThat(ONE.browser()
                        .with("X-Forwarded-For", "203.0.113.7")
                        .withKey(key)
                        .get(ACCOUNTS)
                        .statusCode())
                .isEqualTo(200);
        assertThat(ONE.browser()
                        .with("X-Forwarded-For", "203.0.113.8")
                        .withKey(guess)
                        .get(ACCOUNTS)
                        .statusCode())
                .isEqualTo(401);
        assertThat(ONE.admin().get("/console/limits").body())
                .contains("api-stranger")
                .doesNotContain("203.0.113.7");
    }

    @Test
    void an_operator_turns_a_key_away_for_a_time_on_both_nodes_and_it_ends_by_itself() {
        String key = key();
        nextMinute();
        for (int call = 0; call < 11; call++) {
            called(ONE, key);
        }
        nextMinute();
        assertThat(called(ONE, key).statusCode()).isEqualTo(200);
        Browser admin = ONE.admin();
        String client = clientOf(admin.get(LIMITS).body(), key);
        Map<String, String> refusal = Map.of("client", client, "length", "HOUR", "reason", "runs wild");
        assertThat(admin.submit(LIMITS, LIMITS + "/refusals", Map.of("client", client, "length", "HOUR"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(admin.submit(LIMITS, LIMITS + "/refusals", refusal).statusCode())
                .isEqualTo(303);

        HttpResponse<String> refused = called(ONE, key);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"code\":\"client_refused\"");
        assertThat(header(refused, "Retry-After")).matches("3[56][0-9]{2}");
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(called(OTHER, key).statusCode()).isEqualTo(403));
        assertThat(called(ONE, key()).statusCode()).as("somebody else").isEqualTo(200);
        assertThat(admin.get("/console/audit?action=client.refused").body()).contains("runs wild");

        ONE.clock().forward(Duration.ofMinutes(61));
        assertThat(called(ONE, key).statusCode()).isEqualTo(200);
        OTHER.clock().forward(Duration.ofMinutes(61));
    }

    @Test
    void whoever_was_turned_away_by_mistake_is_let_in_again() {
        nextMinute();
        Browser guesser = ONE.browser().with("X-Forwarded-For", "203.0.113.99");
        for (int call = 0; call < 61; call++) {
            guesser.get(ACCOUNTS);
        }
        nextMinute();
        Browser admin = ONE.admin();
        String before = admin.get(LIMITS).body();
        Matcher client = Pattern.compile("value=\"([0-9a-f]{64})\"").matcher(before);
        while (client.find()) {
            admin.submit(
                    LIMITS,
                    LIMITS + "/refusals",
                    Map.of("client", String.valueOf(client.group(1)), "length", "DAY", "reason", "all of them"));
        }
        assertThat(guesser.get(ACCOUNTS).statusCode()).isEqualTo(403);

        Matcher end = Pattern.compile("action=\"([^\"]+/end)\"")
                .matcher(admin.get(LIMITS).body());
        while (end.find()) {
            assertThat(admin.submit(LIMITS, String.valueOf(end.group(1)), Map.of())
                            .statusCode())
                    .isEqualTo(303);
        }
        assertThat(guesser.get(ACCOUNTS).statusCode()).isEqualTo(401);
        assertThat(admin.get(LIMITS).body()).doesNotContain("Turned away now");
        assertThat(admin.submit(
                                LIMITS,
                                LIMITS + "/refusals",
                                Map.of("client", "0".repeat(64), "length", "DAY", "reason", "nobody"))
                        .statusCode())
                .isEqualTo(404);
    }

    private static String clientOf(String page, String key) {
        Matcher client = Pattern.compile("value=\"([0-9a-f]{64})\"[^>]*>" + key.substring(0, 16))
                .matcher(page);
        assertThat(client.find()).as(page).isTrue();
        return String.valueOf(client.group(1));
    }

    @Test
    void strangers_behind_the_operators_own_address_cannot_keep_the_operator_from_signing_in() {
        Browser operator = ONE.browser().with("X-Forwarded-For", "198.51.100.9");
        nextMinute();
        operator.signIn(TestBursar.ADMIN_EMAIL, TestBursar.ADMIN_PASSWORD);
        operator.forgetCookie("bursar_session");
        Browser stranger = ONE.browser().with("X-Forwarded-For", "198.51.100.9");
        int status = 401;
        for (int guess = 0; guess < 8; guess++) {
            status = stranger.submit("/login", "/login", Map.of("email", "x" + guess + "@y.example", "password", "no"))
                    .statusCode();
        }

        assertThat(status).isEqualTo(429);
        operator.signIn(TestBursar.ADMIN_EMAIL, TestBursar.ADMIN_PASSWORD);
    }

    private static HttpResponse<String> called(TestBursar node, String key) {
        return node.browser().withKey(key).get(ACCOUNTS);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String key() {
        ApiBooks books = ONE.bean(ApiBooks.class);
        String name = "limits-" + UUID.randomUUID();
        books.open(name, TEST);
        Book book = book(name);
        Set<Scope> scopes = EnumSet.allOf(Scope.class);
        return books.issueKey(book, scopes, TEST).key();
    }

    private static TestBursar second() {
        DatabaseLogins logins = ONE.bean(Database.class).logins();
        return TestBursar.start(Map.of(
                "BURSAR_MODE",
                "production",
                "LEDGER_CALLS_PER_MINUTE",
                "10",
                "DATABASE_URL",
                logins.app().psqlUrl(),
                "MIGRATION_DATABASE_URL",
                logins.owner().psqlUrl()));
    }

    /** To the beginning of the next minute, on both nodes, so that a test has a minute of its own. */
    private static void nextMinute() {
        Instant now = ONE.clock().instant();
        Duration rest =
                Duration.between(now, now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES));
        ONE.clock().forward(rest);
        OTHER.clock().forward(rest);
    }
}
