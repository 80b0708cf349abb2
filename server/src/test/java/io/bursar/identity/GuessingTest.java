package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.shared.Actor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What strangers may learn and do at the door. */
class GuessingTest {
    private static final String PASSWORD = "a long enough password";
    private static final int TRIES = 4;
    private final TestBursar bursar = TestBursar.shared();
    private final String email = UUID.randomUUID() + "@staff.example";
    private final String nobody = UUID.randomUUID() + "@staff.example";

    /** A minute of its own, so that the tests before it have not used up its allowance. */
    @BeforeEach
    void add() {
        bursar.clock().forward(Duration.ofMinutes(1));
        bursar.bean(Operators.class).add(email, "Ada", Role.VIEWER, PASSWORD, Actor.system("test"));
    }

    /** The quickest of some, because a busy machine only ever adds. */
    @Test
    void an_unknown_account_is_refused_no_quicker_than_a_known_one() {
        tried(bursar.browser(), nobody, "wrong password");
        long known = quickest(email);
        long unknown = quickest(nobody);

        assertThat(unknown).as("nanoseconds; a known one took %d", known).isGreaterThan(known / 2);
    }

    @Test
    void an_unknown_account_is_locked_like_a_known_one() {
        HttpResponse<String> known = fifthGuess(email);
        HttpResponse<String> unknown = fifthGuess(nobody);

        assertThat(known.statusCode()).isEqualTo(429);
        assertThat(unknown.statusCode()).isEqualTo(429);
        assertThat(unknown.body()).contains("Too many failed attempts from here");
    }

    @Test
    void no_header_of_their_own_makes_a_stranger_somebody_else() {
        for (int guess = 0; guess < 5; guess++) {
            tried(bursar.browser().with("X-Forwarded-For", "203.0.113." + guess), email, "wrong password");
        }

        assertThat(tried(bursar.browser().with("X-Forwarded-For", "203.0.113.99"), email, PASSWORD)
                        .statusCode())
                .isEqualTo(429);
    }

    @Test
    void guesses_side_by_side_are_counted_one_by_one() {
        LoginLocks locks = bursar.bean(LoginLocks.class);
        LoginLocks.Lock lock = locks.lock("password", email, "192.0.2.1");

        long judged = LongStream.range(0, 40)
                .parallel()
                .filter(guess -> locks.refusal(lock).isEmpty())
                .count();

        assertThat(judged).isEqualTo(5);
    }

    @Test
    void a_lock_grows_to_seven_days_and_no_further() {
        LoginLocks locks = bursar.bean(LoginLocks.class);
        LoginLocks.Lock lock = locks.lock("password", email, "192.0.2.2");
        Duration longest = Duration.ZERO;
        for (int failures = 0; failures < 30; failures++) {
            assertThat(locks.refusal(lock)).isEmpty();
            var until = locks.lockedUntil(lock);
            if (until.isPresent()) {
                Duration left = Duration.between(bursar.clock().instant(), until.get());
                assertThat(left.plusSeconds(5)).isGreaterThan(longest);
                longest = left;
                bursar.clock().forward(left.plusSeconds(1));
            }
        }
        assertThat(longest).isBetween(Duration.ofDays(7).minusMinutes(1), Duration.ofDays(7));
    }

    /** A stranger who gets a session id of his choice into a browser learns nothing of what it does later. */
    @Test
    void a_session_that_a_stranger_planted_is_never_the_one_that_is_signed_in() {
        String planted = "planted-by-a-stranger";
        Browser victim = bursar.browser().with("Cookie", "bursar_session=" + planted + "; bursar_device=victim");
        String token = Browser.csrf(victim.get("/login").body()).orElseThrow();

        HttpResponse<String> answer =
                victim.post("/login", Map.of("_csrf", token, "email", email, "password", PASSWORD));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(victim.cookie("bursar_session"))
                .hasValueSatisfying(given -> assertThat(given).isNotEqualTo(planted));
        assertThat(bursar.bean(Sessions.class).of(planted, true)).isEmpty();
    }

    private long quickest(String account) {
        return LongStream.range(0, TRIES)
                .map(each -> {
                    Browser browser = bursar.browser();
                    browser.get("/login");
                    long begun = System.nanoTime();
                    tried(browser, account, "wrong password");
                    return System.nanoTime() - begun;
                })
                .min()
                .orElseThrow();
    }

    private HttpResponse<String> fifthGuess(String account) {
        for (int guess = 0; guess < 4; guess++) {
            tried(bursar.browser(), account, "wrong password");
        }
        return tried(bursar.browser(), account, "wrong password");
    }

    private static HttpResponse<String> tried(Browser browser, String email, String password) {
        return browser.submit("/login", "/login", Map.of("email", email, "password", password));
    }
}
