package io.bursar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.TestBursar;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditEntry;
import io.bursar.platform.Database;
import io.bursar.platform.Home;
import io.bursar.platform.Settings;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever holds the database and its key lets people in, beside the Bursar that runs there. */
class OperatorCommandTest {
    private static final String PASSWORD = "a long enough password";
    private static final Map<String, String> KEY =
            Map.of("ENCRYPTION_KEY", Base64.getEncoder().encodeToString(new byte[32]));

    private final TestBursar bursar = TestBursar.shared();
    private final String email = UUID.randomUUID() + "@staff.example";
    private String told = "";

    @TempDir
    private Path folder;

    /** Sign-ins of other tests count in minutes before. */
    @BeforeEach
    void wait_a_minute() {
        bursar.clock().forward(Duration.ofMinutes(1));
    }

    @Test
    void who_is_added_beside_a_running_server_can_sign_in_at_once() {
        assertThat(add("--json")).as(told).isZero();
        assertThat(told)
                .contains("\"outcome\":\"added\"", "\"role\":\"support\"", email)
                .doesNotContain(PASSWORD);

        assertThat(bursar.browser().signIn(email, PASSWORD).get("/console").statusCode())
                .isEqualTo(200);
        assertThat(entry("operator.added"))
                .extracting(AuditEntry::actor, AuditEntry::reason)
                .containsExactly("system/cli", "new in the team");
        assertThat(add()).isEqualTo(1);
        assertThat(told).contains("There is an operator with this address already.");
    }

    @Test
    void a_password_comes_from_standard_input_and_never_from_the_arguments() {
        assertThat(run(KEY, "", arguments("add", email, "--name", "Ada", "--role", "viewer", "--reason", "new")))
                .isEqualTo(1);
        assertThat(told).contains("there is none on standard input");
        assertThat(run(KEY, "short\n", arguments("add", email, "--name", "Ada", "--role", "viewer", "--reason", "x")))
                .isEqualTo(1);
        assertThat(told).contains("at least 12 characters");
        assertThat(run(KEY, "", "operator", "add", "--help")).isZero();
        assertThat(told).contains("without a terminal").doesNotContain("--password");
    }

    @Test
    void who_guessed_too_often_may_try_again_once_unlocked() {
        add();
        for (int guess = 0; guess < 5; guess++) {
            assertThat(tried("wrong")).isNotEqualTo(303);
        }
        assertThat(tried(PASSWORD)).isEqualTo(429);

        assertThat(run(KEY, "", arguments("unlock", email, "--reason", "called me")))
                .as(told)
                .isZero();
        assertThat(told).contains("1 locked clients before");
        assertThat(tried(PASSWORD)).isEqualTo(303);
        assertThat(entry("operator.unlocked").reason()).isEqualTo("called me");

        assertThat(run(KEY, "", arguments("unlock", "nobody@staff.example", "--reason", "x")))
                .isEqualTo(1);
        assertThat(told).contains("There is no operator nobody@staff.example.");
        assertThat(run(KEY, "", arguments("unlock", email, "--reason", " ", "--json")))
                .isEqualTo(1);
        assertThat(told).contains("\"outcome\":\"refused\"", "\"field\":\"reason\"");
    }

    @Test
    void a_lost_second_factor_is_taken_away_with_a_reason() {
        add();
        assertThat(run(KEY, "", arguments("reset-totp", email, "--reason", "lost")))
                .isEqualTo(1);
        assertThat(told).contains("has no second factor");
        bursar.ownerSql().sql("""
                        INSERT INTO identity.totp (operator_id, secret_sealed, begun_at, confirmed_at)
                        SELECT id, decode('00', 'hex'), now(), now() FROM identity.operator WHERE email = :email
                        """).param("email", email).update();
        assertThat(run(KEY, "", arguments("list", "--json"))).isZero();
        assertThat(lineOf(email)).contains("\"secondFactor\":true");

        assertThat(run(KEY, "", arguments("reset-totp", email, "--reason", "lost")))
                .as(told)
                .isZero();
        assertThat(run(KEY, "", arguments("list", "--json"))).isZero();
        assertThat(lineOf(email)).contains("\"secondFactor\":false");
        assertThat(entry("operator.second_factor_reset").reason()).isEqualTo("lost");
    }

    @Test
    void a_server_that_is_stopped_has_its_operators_too() {
        Map<String, String> stopped = new HashMap<>(KEY);
        stopped.put("BURSAR_HOME", folder.resolve("home").toString());
        assertThat(run(stopped, "", "operator", "list")).isEqualTo(2);
        assertThat(told).contains("There is no database in");
        Database.open(new Settings(stopped)).close();

        String[] ada = {"operator", "add", email, "--name", "Ada", "--role", "admin", "--reason", "the first"};
        assertThat(run(stopped, PASSWORD + "\n", ada)).as(told).isZero();
        assertThat(run(stopped, "", "operator", "list")).as(told).isZero();
        assertThat(told).contains(email, "admin", "password only");
    }

    @Test
    void without_the_key_nothing_is_done_and_the_sentence_says_how_to_get_one() {
        assertThat(run(Map.of(), "", arguments("list"))).isEqualTo(2);
        assertThat(told).contains("ENCRYPTION_KEY is not set");
    }

    private int add(String... more) {
        List<String> all = new ArrayList<>(List.of("add", email, "--name", "Ada", "--role", "support"));
        all.addAll(List.of("--reason", "new in the team"));
        all.addAll(List.of(more));
        return run(KEY, PASSWORD + "\n", arguments(all.toArray(String[]::new)));
    }

    private int tried(String password) {
        return bursar.browser()
                .submit("/login", "/login", Map.of("email", email, "password", password))
                .statusCode();
    }

    private String lineOf(String account) {
        int begin = told.indexOf(account);
        return told.substring(begin, told.indexOf('}', begin));
    }

    private AuditEntry entry(String action) {
        UUID operator = bursar.sql()
                .sql("SELECT id FROM identity.operator WHERE email = :email")
                .param("email", email)
                .query(UUID.class)
                .single();
        return bursar.bean(Audit.class).entries("operator/" + operator, null, 50).items().stream()
                .filter(entry -> entry.action().equals(action))
                .findFirst()
                .orElseThrow();
    }

    /** On the home of the Bursar that is running. */
    private String[] arguments(String... arguments) {
        List<String> all = new ArrayList<>(List.of("operator"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--home", bursar.bean(Home.class).path().toString()));
        return all.toArray(String[]::new);
    }

    private int run(Map<String, String> environment, String typed, String... arguments) {
        StringWriter output = new StringWriter();
        int code = Main.commandLine(environment, new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)))
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(output))
                .execute(arguments);
        told = output.toString();
        return code;
    }
}
