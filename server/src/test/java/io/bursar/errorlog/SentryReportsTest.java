package io.bursar.errorlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bursar.platform.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The official library talks to a receiver of ours, which keeps all it is told. */
class SentryReportsTest {
    private static final String MESSAGE =
            "550 no such user ann.lee@shop.example at https://u:hush@rpc.example/hush/4711";
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        receiver.createContext("/", this::receive);
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    void an_error_is_told_with_what_it_is_and_nothing_that_names_anybody() {
        SentryReports reports = reports();
        try {
            reports.recorded(entry("mail_unavailable", MESSAGE), Shape.of(MESSAGE), null);
            JsonNode event = awaitEvent();

            assertThat(event.path("message").path("formatted").asString())
                    .isEqualTo("mail_unavailable: # no such user <address> at <address>");
            assertThat(event.path("fingerprint").get(0).asString())
                    .isEqualTo(Shape.of(MESSAGE).fingerprint("mail_unavailable"));
            assertThat(event.path("tags").path("code").asString()).isEqualTo("mail_unavailable");
            assertThat(event.path("tags").path("request_id").asString()).isEqualTo("rid_1");
            assertThat(event.path("tags").path("subject").asString()).isEqualTo("mail/7");
            assertThat(event.path("tags").path("route").asString()).isEqualTo("POST /console/partners/{id}");
            assertThat(event.path("environment").asString()).isEqualTo("test");
            assertThat(event.has("user")
                            || event.has("server_name")
                            || event.has("breadcrumbs")
                            || event.has("modules"))
                    .as(event.toString())
                    .isFalse();
            assertThat(headers).allSatisfy(header -> assertThat(header).contains("sentry_key=public"));
            assertThat(received.toString()).doesNotContain("ann.lee", "hush", "4711");
        } finally {
            reports.destroy();
        }
    }

    @Test
    void a_bug_is_told_with_its_stack_and_without_its_words() {
        SentryReports reports = reports();
        try {
            RuntimeException bug =
                    new IllegalStateException("hunter2 of ann.lee", new IllegalArgumentException("hunter3"));
            reports.recorded(entry("api_error", "a bug"), Shape.of("a bug"), bug);
            JsonNode exceptions = awaitEvent().path("exception").path("values");

            assertThat(exceptions
                            .valueStream()
                            .map(exception -> exception.path("type").asString()))
                    .containsExactly("IllegalArgumentException", "IllegalStateException");
            assertThat(exceptions.get(1).path("stacktrace").path("frames").toString())
                    .contains("a_bug_is_told_with_its_stack_and_without_its_words");
            assertThat(received.toString()).doesNotContain("hunter", "ann.lee");
        } finally {
            reports.destroy();
        }
    }

    @Test
    void without_an_address_nothing_is_told_and_one_that_is_none_is_a_problem() {
        Settings none = new Settings(Map.of());
        assertThat(new ErrorLogSettings(none).sentry()).isEmpty();
        for (String dsn : List.of("sentry.example", "https://sentry.example/42", "https://hush@sentry.example")) {
            Settings settings = new Settings(Map.of("SENTRY_DSN", dsn));
            assertThat(new ErrorLogSettings(settings).sentry()).isEmpty();
            assertThat(settings.problems())
                    .containsExactly("SENTRY_DSN: not usable (expected: https://key@host/project)");
        }
    }

    private SentryReports reports() {
        String dsn = "http://public@127.0.0.1:" + receiver.getAddress().getPort() + "/42";
        Settings settings = new Settings(Map.of("SENTRY_DSN", dsn, "SENTRY_ENVIRONMENT", "test"));
        return new SentryReports(new ErrorLogSettings(settings));
    }

    private static ErrorEntry entry(String code, String message) {
        Instant at = Instant.parse("2026-03-01T12:00:00Z");
        return new ErrorEntry(0, at, code, message, "mail/7", "rid_1", null, "POST /console/partners/{id}");
    }

    /** An envelope is lines of JSON: its header, then for each item a header and the item. */
    private JsonNode awaitEvent() {
        await().until(() -> event() != null);
        JsonNode event = event();
        return event == null ? JsonMapper.shared().nullNode() : event;
    }

    private @Nullable JsonNode event() {
        return received.stream()
                .flatMap(String::lines)
                .map(JsonMapper.shared()::readTree)
                .filter(line -> line.has("tags"))
                .findFirst()
                .orElse(null);
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream in =
                zipped ? new GZIPInputStream(new ByteArrayInputStream(body)) : new ByteArrayInputStream(body)) {
            received.add(new String(in.readAllBytes(), UTF_8));
        }
        headers.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Sentry-Auth")));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
