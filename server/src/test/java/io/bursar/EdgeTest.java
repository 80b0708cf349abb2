package io.bursar;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.platform.Failures;
import io.bursar.platform.Problem;
import io.bursar.platform.WorldFailedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The web edge alone, on a real web server with routes of its own, without database and security. */
class EdgeTest {
    private static final List<String> RECORDED = new CopyOnWriteArrayList<>();
    private static ConfigurableApplicationContext server;
    private final Browser browser = new Browser(url());

    @BeforeAll
    static void start() {
        server = new SpringApplicationBuilder(Edge.class)
                .profiles("edge-test")
                .properties(Map.of(
                        "server.port",
                        "0",
                        "server.address",
                        "127.0.0.1",
                        "spring.autoconfigure.exclude",
                        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
                                + "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration,"
                                + "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration,"
                                + "org.springframework.boot.security.autoconfigure.actuate.web.servlet"
                                + ".ManagementWebSecurityAutoConfiguration,"
                                + "org.springframework.boot.security.autoconfigure.web.servlet"
                                + ".SecurityFilterAutoConfiguration,"
                                + "org.springframework.boot.security.autoconfigure.web.servlet"
                                + ".ServletWebSecurityAutoConfiguration"))
                .run();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_refusal_is_told_with_its_code_and_its_request() {
        HttpResponse<String> answer = browser.get("/api/refused");

        JsonNode problem = problem(answer, 503, "resting");
        assertThat(problem.path("type").asString()).isEqualTo("about:blank");
        assertThat(problem.path("title").asString()).isEqualTo("Service Unavailable");
        assertThat(problem.path("status").asInt()).isEqualTo(503);
        assertThat(problem.path("retryAfterSeconds").asInt()).isEqualTo(7);
        assertThat(problem.path("requestId").asString())
                .startsWith("rid_")
                .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
    }

    @Test
    void malformed_json_is_refused_in_all_its_forms() {
        for (String body : List.of("", "{", "[]", "7", "{\"amount\":\"1\"} x", "{\"amount\":\"1\",\"amount\":\"2\"}")) {
            problem(order(body), 400, "malformed_json");
        }
        problem(order("{\"more\":" + "[".repeat(1000) + "]".repeat(1000) + "}"), 400, "malformed_json");
    }

    @Test
    void an_unknown_member_is_named() {
        JsonNode problem = problem(order("{\"amount\":\"1\",\"ammount\":\"2\"}"), 422, "unknown_field");
        assertThat(problem.path("field").asString()).isEqualTo("ammount");
    }

    @Test
    void a_member_of_another_type_is_named() {
        for (String amount : List.of("1", "1.5", "true", "{}", "[]")) {
            JsonNode problem = problem(order("{\"amount\":" + amount + "}"), 422, "invalid_field");
            assertThat(problem.path("field").asString()).isEqualTo("amount");
        }
        JsonNode deeper =
                problem(order("{\"amount\":\"1\",\"lines\":[{\"count\":1},{\"count\":\"2\"}]}"), 422, "invalid_field");
        assertThat(deeper.path("field").asString()).isEqualTo("lines[1].count");
    }

    @Test
    void a_body_over_the_limit_is_refused_however_it_comes() {
        String large = "{\"amount\":\"" + "1".repeat(65_536) + "\"}";
        problem(order(large), 413, "body_too_large");
        problem(streamed("/api/orders", "application/json", large), 413, "body_too_large");
        problem(streamed("/api/bytes", "application/json", large), 413, "body_too_large");
        assertThat(streamed("/api/bytes", "application/json", "1".repeat(65_536))
                        .body())
                .isEqualTo("65536");
        assertThat(browser.post("/form", Map.of("name", "x".repeat(65_536))).statusCode())
                .isEqualTo(413);
        assertThat(streamed("/form", "application/x-www-form-urlencoded", "name=" + "x".repeat(65_536))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void routes_methods_and_media_types_nobody_serves_are_refused() {
        problem(browser.get("/api/nothing"), 404, "not_found");
        problem(browser.get("/api/ids/no-uuid"), 404, "not_found");
        HttpResponse<String> wrongMethod = browser.get("/api/orders");
        problem(wrongMethod, 405, "method_not_allowed");
        assertThat(wrongMethod.headers().firstValue("Allow")).contains("POST");
        problem(streamed("/api/orders", "text/plain", "{}"), 415, "unsupported_media_type");
    }

    @Test
    void a_parameter_that_is_missing_or_wrong_is_named() {
        assertThat(problem(browser.get("/api/page"), 422, "field_required")
                        .path("field")
                        .asString())
                .isEqualTo("limit");
        assertThat(problem(browser.get("/api/page?limit=many"), 422, "invalid_field")
                        .path("field")
                        .asString())
                .isEqualTo("limit");
    }

    @Test
    void what_breaks_is_recorded_and_told_without_its_text() {
        RECORDED.clear();
        HttpResponse<String> answer = browser.get("/api/broken");

        problem(answer, 500, "internal_error");
        assertThat(answer.body()).doesNotContain("hunter2", "IllegalState");
        assertThat(RECORDED).containsExactly("api_error");
    }

    @Test
    void a_world_that_fails_is_told_as_unavailable() {
        problem(browser.get("/api/world"), 503, "rpc_unavailable");
        HttpResponse<String> database = browser.get("/api/database");
        problem(database, 503, "database_unavailable");
        assertThat(database.headers().firstValue("Retry-After")).contains("2");
        assertThat(RECORDED).contains("rpc_unavailable");
    }

    @Test
    void people_are_told_on_a_page() {
        HttpResponse<String> answer = browser.get("/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(answer.body())
                .contains("There is nothing here", "There is nothing at this address.", "rid_")
                .doesNotContain("Whitelabel");

        HttpResponse<String> broken = browser.get("/broken");
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).contains("Something broke on our side").doesNotContain("hunter2");
    }

    @Test
    void what_fails_outside_of_controllers_is_told_the_same_way() throws IOException {
        assertThat(browser.get("/error").statusCode()).isEqualTo(404);
        assertThat(raw("GET /api/|x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains(" 400 ")
                .doesNotContain("Apache", "Tomcat", "<html", "java");
        assertThat(raw("GET /api/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains(" 400 ")
                .doesNotContain("Apache", "Tomcat", "<html", "java");
    }

    private static URI url() {
        return URI.create("http://127.0.0.1:" + server.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private HttpResponse<String> order(String body) {
        return browser.json("POST", "/api/orders", body);
    }

    /** Without a Content-Length. */
    private HttpResponse<String> streamed(String path, String type, String body) {
        return browser.send(browser.request(path)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))));
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("detail").asString()).endsWith(".");
        return problem;
    }

    @EnableAutoConfiguration
    @Import(Routes.class)
    @ComponentScan(
            basePackages = "io.bursar",
            useDefaultFilters = false,
            includeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = {
                                "io\\.bursar\\.platform\\.(Problems|ProblemAdvice|BodyLimit)",
                                "io\\.bursar\\.platform\\.(WebConfiguration|RequestIds)",
                                "io\\.bursar\\.console\\.(Shell|PageVariables|ConsoleSections)",
                                "io\\.bursar\\.consolespi\\.Ui",
                                "io\\.bursar\\.identity\\.ErrorRoute"
                            }))
    static class Edge {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        Failures failures() {
            return (code, message, subject) -> {
                assertThat(message).doesNotContain("hunter2");
                RECORDED.add(code);
            };
        }
    }

    record Line(int count) {}

    record Order(String amount, List<Line> lines) {}

    /** The profile keeps these routes out of the product that other tests start. */
    @RestController
    @Profile("edge-test")
    static class Routes {
        @PostMapping(path = "/api/orders", consumes = "application/json")
        Order order(@RequestBody Order order) {
            return order;
        }

        @PostMapping("/api/bytes")
        String bytes(@RequestBody byte[] body) {
            return Integer.toString(body.length);
        }

        @PostMapping("/form")
        String form(@RequestParam String name) {
            return name;
        }

        @GetMapping("/api/page")
        String page(@RequestParam int limit) {
            return Integer.toString(limit);
        }

        @GetMapping("/api/ids/{id}")
        String id(@PathVariable UUID id) {
            return id.toString();
        }

        @GetMapping("/api/refused")
        String refused() {
            throw Problem.unavailable("resting", "Not today.", 7).asException();
        }

        @GetMapping({"/api/broken", "/broken"})
        String broken() {
            throw new IllegalStateException("the password is hunter2");
        }

        @GetMapping("/api/world")
        String world() {
            throw new WorldFailedException("rpc_unavailable", true, "No node answers.", null);
        }

        @GetMapping("/api/database")
        String database() {
            throw new DataAccessResourceFailureException("hunter2");
        }
    }
}
