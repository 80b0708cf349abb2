package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditEntry;
import io.bursar.platform.Secrets;
import io.bursar.shared.Actor;
import io.bursar.shared.IdText;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecondFactorTest {
    private static final String PASSWORD = "a long enough password";
    private static final String PAGE = "/console/sign-in";
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");
    private static final Pattern RECOVERY_CODE = Pattern.compile("<li>([a-z2-7]{4}(?:-[a-z2-7]{4}){3})</li>");
    private final TestBursar bursar = TestBursar.shared();
    private final String email = UUID.randomUUID() + "@staff.example";
    private UUID operator = new UUID(0, 0);

    @BeforeEach
    void add() {
        bursar.clock().forward(Duration.ofMinutes(1));
        OperatorCreation creation =
                bursar.bean(Operators.class).add(email, "Ada", Role.VIEWER, PASSWORD, Actor.system("test"));
        operator = ((OperatorCreation.Created) creation).operator().id();
    }

    @Test
    void nothing_changes_before_the_first_code_was_right_and_then_a_code_is_asked_for() {
        Browser browser = bursar.browser().signIn(email, PASSWORD);
        HttpResponse<String> begun = browser.submit(PAGE, PAGE + "/second-factor", Map.of());
        assertThat(begun.body()).contains("<path fill=\"#000\" d=\"M4 4h7v1h-7z", "Or type the secret");

        HttpResponse<String> wrong = browser.submit(PAGE, PAGE + "/second-factor/confirmation", Map.of("code", "1"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("not the code the app should show");
        bursar.browser().signIn(email, PASSWORD);

        Browser elsewhere = bursar.browser().signIn(email, PASSWORD);
        HttpResponse<String> done =
                browser.submit(PAGE, PAGE + "/second-factor/confirmation", Map.of("code", shown(operator, 0)));
        assertThat(recoveryCodes(done.body())).hasSize(10).doesNotHaveDuplicates();
        assertThat(browser.get(PAGE).body()).contains("10</span> of 10 left").doesNotContainPattern(RECOVERY_CODE);
        assertThat(elsewhere.get(PAGE).statusCode())
                .as("a session that a password alone began")
                .isEqualTo(303);
        HttpResponse<String> half = withPassword(bursar.browser());
        assertThat(half.statusCode()).isEqualTo(200);
        assertThat(half.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("bursar_session"));
        assertThat(half.body()).contains("One more step");
        assertThat(actions()).contains("operator.second_factor_added");
    }

    @Test
    void a_code_signs_in_once_and_so_does_a_recovery_code() {
        List<String> recoveryCodes = enrolled();
        bursar.clock().forward(Duration.ofMinutes(1));
        String code = shown(operator, 0);

        assertThat(withCode(bursar.browser(), code).statusCode()).isEqualTo(303);
        assertThat(withCode(bursar.browser(), code).statusCode()).isEqualTo(401);
        assertThat(withCode(bursar.browser(), shown(operator, -1)).statusCode())
                .as("an earlier step than one that was used")
                .isEqualTo(401);
        String recovery = recoveryCodes.getFirst();
        assertThat(withCode(
                                bursar.browser(),
                                recovery.toUpperCase(java.util.Locale.ROOT).replace("-", " "))
                        .statusCode())
                .isEqualTo(303);
        assertThat(withCode(bursar.browser(), recovery).statusCode()).isEqualTo(401);
    }

    @Test
    void new_recovery_codes_replace_the_old_ones() {
        List<String> before = enrolled();
        bursar.clock().forward(Duration.ofMinutes(1));
        Browser browser = bursar.browser();
        withCode(browser, shown(operator, 0));
        List<String> after = recoveryCodes(
                browser.submit(PAGE, PAGE + "/recovery-codes", Map.of()).body());

        assertThat(after).hasSize(10).doesNotContainAnyElementsOf(before);
        assertThat(withCode(bursar.browser(), before.getLast()).statusCode()).isEqualTo(401);
        assertThat(withCode(bursar.browser(), after.getLast()).statusCode()).isEqualTo(303);
    }

    @Test
    void who_guesses_codes_is_locked_out_whatever_the_browser_and_a_known_one_is_not() {
        enrolled();
        bursar.clock().forward(Duration.ofMinutes(1));
        Browser known = bursar.browser();
        assertThat(withCode(known, shown(operator, 0)).statusCode()).isEqualTo(303);
        known.forgetCookie("bursar_session");
        bursar.clock().forward(Duration.ofMinutes(1));
        for (int guess = 0; guess < 5; guess++) {
            withCode(bursar.browser(), "000000");
        }

        HttpResponse<String> locked = withCode(bursar.browser(), shown(operator, 0));
        assertThat(locked.statusCode()).isEqualTo(429);
        assertThat(withCode(known, shown(operator, 0)).statusCode()).isEqualTo(303);
    }

    @Test
    void the_page_that_asks_for_the_code_is_good_for_one_browser_and_five_minutes() {
        enrolled();
        bursar.clock().forward(Duration.ofMinutes(1));
        Browser browser = bursar.browser();
        String token = found(TOKEN, withPassword(browser).body());
        assertThat(code(bursar.browser(), token, shown(operator, 0)).statusCode())
                .as("another browser")
                .isEqualTo(401);
        assertThat(code(browser, token.substring(0, token.length() - 2) + "AA", shown(operator, 0))
                        .statusCode())
                .as("a forged token")
                .isEqualTo(401);
        bursar.clock().forward(Duration.ofMinutes(5).plusSeconds(1));
        assertThat(code(browser, token, shown(operator, 0)).body()).contains("took too long");
    }

    @Test
    void another_admin_takes_a_lost_one_away_with_a_reason() {
        enrolled();
        bursar.clock().forward(Duration.ofMinutes(1));
        Browser browser = bursar.browser();
        withCode(browser, shown(operator, 0));
        Browser admin = bursar.admin();
        String reset = "/console/operators/second-factor-reset";
        String id = IdText.of("opr", operator);
        assertThat(admin.submit("/console/operators", reset, Map.of("operator", id, "reason", " "))
                        .statusCode())
                .isEqualTo(422);

        assertThat(admin.submit("/console/operators", reset, Map.of("operator", id, "reason", "Phone lost, seen"))
                        .statusCode())
                .isEqualTo(303);

        assertThat(browser.get("/console").statusCode()).as("signed out").isEqualTo(303);
        bursar.browser().signIn(email, PASSWORD);
        assertThat(entries())
                .filteredOn(entry -> entry.action().equals("operator.second_factor_reset"))
                .extracting(AuditEntry::reason)
                .containsExactly("Phone lost, seen");
        SecondFactors factors = bursar.bean(SecondFactors.class);
        var oneself = new Principal.Operator(operator, "Ada", Role.ADMIN);
        assertThat(factors.reset(operator, oneself.actor(), "mine")).isEqualTo(SecondFactorReset.ONESELF);
        assertThat(factors.reset(UUID.randomUUID(), oneself.actor(), "nobody's"))
                .isEqualTo(SecondFactorReset.NONE);
    }

    @Test
    void neither_secret_nor_codes_can_be_read_in_the_database() {
        List<String> recoveryCodes = enrolled();
        byte[] stored = bursar.sql()
                .sql("SELECT secret_sealed FROM identity.totp WHERE operator_id = :id")
                .param("id", operator)
                .query((row, number) -> row.getBytes(1))
                .single();
        assertThat(stored).hasSizeGreaterThan(Totp.SECRET_BYTES);
        String rows = bursar.sql()
                .sql("SELECT string_agg(encode(code_digest, 'escape'), ' ') FROM identity.recovery_code")
                .query(String.class)
                .single();
        assertThat(recoveryCodes).noneMatch(rows::contains);
    }

    private List<String> enrolled() {
        SecondFactors factors = bursar.bean(SecondFactors.class);
        var ada = new Principal.Operator(operator, "Ada", Role.VIEWER);
        assertThat(factors.begin(ada)).isPresent();
        return factors.confirm(ada, shown(operator, 0)).orElseThrow();
    }

    private String shown(UUID holder, int stepsLater) {
        byte[] stored = bursar.sql()
                .sql("SELECT secret_sealed FROM identity.totp WHERE operator_id = :id")
                .param("id", holder)
                .query((row, number) -> row.getBytes(1))
                .single();
        byte[] secret = bursar.bean(Secrets.class).open("identity.totp/" + holder, stored);
        return Totp.code(secret, Totp.step(bursar.clock().instant()) + stepsLater);
    }

    private HttpResponse<String> withPassword(Browser browser) {
        return browser.submit("/login", "/login", Map.of("email", email, "password", PASSWORD));
    }

    private HttpResponse<String> withCode(Browser browser, String code) {
        return code(browser, found(TOKEN, withPassword(browser).body()), code);
    }

    private static HttpResponse<String> code(Browser browser, String token, String code) {
        return browser.submit("/login", "/login/code", Map.of("token", token, "code", code));
    }

    private static List<String> recoveryCodes(String page) {
        return RECOVERY_CODE
                .matcher(page)
                .results()
                .map((MatchResult code) -> code.group(1))
                .toList();
    }

    private static String found(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        assertThat(matcher.find()).as("%s in %s", pattern, page).isTrue();
        return matcher.group(1);
    }

    private List<String> actions() {
        return entries().stream().map(AuditEntry::action).toList();
    }

    private List<AuditEntry> entries() {
        return bursar.bean(Audit.class)
                .entries("operator/" + operator, null, 50)
                .items();
    }
}
