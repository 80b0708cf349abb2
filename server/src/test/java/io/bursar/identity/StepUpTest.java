package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.platform.Secrets;
import io.bursar.shared.Actor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StepUpTest {
    private static final String PASSWORD = "a long enough password";
    private static final String PAGE = "/console/operators";
    private final TestBursar bursar = TestBursar.shared();
    private final Operators operators = bursar.bean(Operators.class);
    private final String email = UUID.randomUUID() + "@staff.example";
    private final String added = UUID.randomUUID() + "@staff.example";
    private UUID operator = new UUID(0, 0);

    @BeforeEach
    void add() {
        bursar.clock().forward(Duration.ofMinutes(1));
        OperatorCreation creation = operators.add(email, "Ada", Role.ADMIN, PASSWORD, Actor.system("test"));
        operator = ((OperatorCreation.Created) creation).operator().id();
    }

    @Test
    void a_risky_act_asks_again_after_ten_minutes_and_loses_nothing_of_what_was_typed() {
        Browser admin = bursar.browser().signIn(email, PASSWORD);
        bursar.clock().forward(Duration.ofMinutes(11));

        HttpResponse<String> asked = act(admin, Map.of());
        assertThat(asked.statusCode()).isEqualTo(403);
        assertThat(asked.body())
                .contains("Is it still you?", "value=\"" + added + "\"", "name=\"name\" value=\"Grace &lt;b&gt;\"")
                .doesNotContain(PASSWORD);
        assertThat(there()).isFalse();

        assertThat(act(admin, Map.of("step_up", "wrong")).body()).contains("That was not right");
        assertThat(there()).isFalse();

        assertThat(act(admin, Map.of("step_up", PASSWORD)).statusCode()).isEqualTo(303);
        assertThat(there()).isTrue();
        bursar.clock().forward(Duration.ofMinutes(9));
        assertThat(act(admin, Map.of()).statusCode()).as("asked for nothing").isEqualTo(422);
    }

    @Test
    void with_a_second_factor_the_code_is_asked_for_and_the_password_is_not_enough() {
        SecondFactors factors = bursar.bean(SecondFactors.class);
        Browser admin = bursar.browser().signIn(email, PASSWORD);
        var ada = new Principal.Operator(operator, "Ada", Role.ADMIN);
        assertThat(factors.begin(ada)).isPresent();
        admin.submit("/console/sign-in", "/console/sign-in/second-factor/confirmation", Map.of("code", shown()));
        bursar.clock().forward(Duration.ofMinutes(11));

        assertThat(act(admin, Map.of("step_up", PASSWORD)).statusCode()).isEqualTo(403);
        assertThat(act(admin, Map.of("step_up", shown())).statusCode()).isEqualTo(303);
        assertThat(there()).isTrue();
    }

    @Test
    void who_found_an_open_browser_cannot_guess_on_and_on() {
        Browser admin = bursar.browser().signIn(email, PASSWORD);
        bursar.clock().forward(Duration.ofMinutes(11));
        for (int guess = 0; guess < 5; guess++) {
            act(admin, Map.of("step_up", "wrong"));
        }

        assertThat(act(admin, Map.of("step_up", PASSWORD)).body()).contains("Too many failed attempts");
        assertThat(there()).isFalse();
    }

    @Test
    void reading_and_what_protects_ask_nothing() {
        Browser admin = bursar.browser().signIn(email, PASSWORD);
        bursar.clock().forward(Duration.ofMinutes(11));

        assertThat(admin.get(PAGE).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> act(Browser browser, Map<String, String> more) {
        Map<String, String> fields = new java.util.HashMap<>(
                Map.of("email", added, "name", "Grace <b>", "role", "VIEWER", "password", PASSWORD));
        fields.putAll(more);
        return browser.submit(PAGE, PAGE, fields);
    }

    private boolean there() {
        return operators.list().stream().anyMatch(one -> one.email().equals(added));
    }

    private String shown() {
        byte[] stored = bursar.sql()
                .sql("SELECT secret_sealed FROM identity.totp WHERE operator_id = :id")
                .param("id", operator)
                .query((row, number) -> row.getBytes(1))
                .single();
        byte[] secret = bursar.bean(Secrets.class).open("identity.totp/" + operator, stored);
        return Totp.code(secret, Totp.step(bursar.clock().instant()));
    }
}
