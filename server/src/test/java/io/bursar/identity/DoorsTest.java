package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.errorlog.ErrorEntry;
import io.bursar.errorlog.ErrorLog;
import io.bursar.shared.Actor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DoorsTest {
    private static final String PASSWORD = "a long enough password";
    private final TestBursar bursar = TestBursar.shared();
    private final Operators operators = bursar.bean(Operators.class);

    @Test
    void a_page_that_refreshes_itself_keeps_no_session_alive() {
        Browser admin = bursar.admin();
        for (int minutes = 0; minutes < 40; minutes += 10) {
            bursar.clock().forward(Duration.ofMinutes(10));
            admin.send(admin.request("/console/search")
                    .header("HX-Request", "true")
                    .GET());
        }

        assertThat(admin.get("/console/search").statusCode()).isEqualTo(303);
    }

    @Test
    void a_part_of_a_page_whose_session_has_ended_loads_the_sign_in_as_a_whole() {
        Browser stranger = bursar.browser();
        HttpResponse<String> answer = stranger.send(
                stranger.request("/console/search").header("HX-Request", "true").GET());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Redirect")).hasValue("/login");
    }

    @Test
    void the_token_of_an_invitation_is_not_recorded_when_its_form_is_refused() {
        String token = "secret" + UUID.randomUUID();
        HttpResponse<String> answer = bursar.browser().post("/invite/" + token, Map.of());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(bursar.bean(ErrorLog.class)
                        .entries("csrf_missing", null, null, 50)
                        .items())
                .extracting(ErrorEntry::message)
                .isNotEmpty()
                .noneMatch(message -> message.contains(token));
    }

    @Test
    void nothing_of_the_framework_is_served() {
        for (String path : new String[] {"/actuator", "/actuator/health", "/actuator/env"}) {
            assertThat(bursar.browser().get(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(bursar.browser().get("/api/openapi.json").statusCode()).isEqualTo(200);
    }

    @Test
    void signing_in_again_ends_the_session_before() {
        Browser admin = bursar.admin();
        String before = admin.cookie("bursar_session").orElseThrow();
        HttpResponse<String> form = admin.get("/console/search");
        assertThat(form.statusCode()).isEqualTo(200);

        admin.post(
                "/login",
                Map.of(
                        "email",
                        TestBursar.ADMIN_EMAIL,
                        "password",
                        TestBursar.ADMIN_PASSWORD,
                        "_csrf",
                        Browser.csrf(form.body()).orElseThrow()));

        assertThat(admin.cookie("bursar_session"))
                .isPresent()
                .hasValueSatisfying(now -> assertThat(now).isNotEqualTo(before));
        assertThat(bursar.bean(Sessions.class).of(before, true)).isEmpty();
    }

    @Test
    void there_is_always_somebody_left_who_can_let_others_in() {
        Principal.Operator first = added(Role.ADMIN);
        Principal.Operator second = added(Role.ADMIN);
        Principal.Operator viewer = added(Role.VIEWER);

        assertThat(operators.disable(first.operatorId(), first)).isEqualTo(OperatorDisabling.ONESELF);
        assertThat(operators.disable(viewer.operatorId(), first)).isEqualTo(OperatorDisabling.DISABLED);
        assertThat(operators.disable(viewer.operatorId(), first)).isEqualTo(OperatorDisabling.NOT_ENABLED);
        assertThat(operators.disable(second.operatorId(), first)).isEqualTo(OperatorDisabling.DISABLED);
        assertThat(operators.disable(first.operatorId(), second)).isEqualTo(OperatorDisabling.DISABLED);
        assertThat(operators.list()).anyMatch(left -> left.role() == Role.ADMIN && left.disabledAt() == null);
    }

    @Test
    void who_is_disabled_is_out_at_once() {
        String email = UUID.randomUUID() + "@staff.example";
        Principal.Operator support = added(email, Role.SUPPORT);
        Browser browser = bursar.browser().signIn(email, PASSWORD);
        assertThat(browser.get("/console/search").statusCode()).isEqualTo(200);

        operators.disable(support.operatorId(), added(Role.ADMIN));

        assertThat(browser.get("/console/search").statusCode()).isEqualTo(303);
    }

    private Principal.Operator added(Role role) {
        return added(UUID.randomUUID() + "@staff.example", role);
    }

    private Principal.Operator added(String email, Role role) {
        return switch (operators.add(email, "Ada", role, PASSWORD, Actor.system("test"))) {
            case OperatorCreation.Created(OperatorView made) ->
                new Principal.Operator(made.id(), made.name(), made.role());
            case OperatorCreation.Refused refused -> throw new AssertionError(refused.toString());
        };
    }
}
