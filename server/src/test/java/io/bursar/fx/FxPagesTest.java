package io.bursar.fx;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.audit.Audit;
import io.bursar.shared.MoneyUnit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole product, reading a feed of ours. */
class FxPagesTest {
    private static HttpServer feed;
    private static TestBursar bursar;
    private static volatile int status = 200;

    @BeforeAll
    static void start() throws IOException {
        feed = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        feed.createContext("/", exchange -> {
            byte[] body = document().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        feed.start();
        bursar = TestBursar.start(
                Map.of("FX_URL", "http://127.0.0.1:" + feed.getAddress().getPort() + "/daily.xml"));
    }

    @AfterAll
    static void stop() {
        bursar.close();
        feed.stop(0);
    }

    @Test
    void an_operator_sees_every_rate_and_fetches_anew() {
        status = 200;
        Browser admin = bursar.admin();

        assertThat(admin.submit("/console/fx", "/console/fx/fetch", Map.of()).statusCode())
                .isEqualTo(302);

        String page = admin.get("/console/fx").body();
        assertThat(page)
                .contains("28 currencies", "Source answers", ">THB<", ">37.5<", ">Fresh<", ">Base<", "Fetch now");
        assertThat(page).doesNotContain("Unavailable");
        assertThat(bursar.bean(Fx.class).rate(new MoneyUnit("THB", 2), new MoneyUnit("USD", 2)))
                .isInstanceOf(FxAnswer.Rate.class);
        assertThat(bursar.bean(Audit.class).entries("fx/ecb", null, 10).items())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.action()).isEqualTo("fx.fetched"));
    }

    @Test
    void a_refresh_answers_with_the_failure_of_the_source() {
        Browser admin = bursar.admin();
        String token = Browser.csrf(admin.get("/console/fx").body()).orElseThrow();
        status = 200;
        assertThat(refresh(admin, token).body()).contains("\"currencies\":[\"AUD\"", "\"refused\":{}");

        status = 500;
        HttpResponse<String> refused = refresh(admin, token);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("fx_unavailable", "HTTP 500");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(admin.get("/console/fx").body()).contains("Source failing", ">Cached<");
        status = 200;
    }

    @Test
    void strangers_get_neither() {
        assertThat(bursar.browser().get("/console/fx").statusCode()).isEqualTo(303);
        assertThat(bursar.browser().post("/api/admin/fx-refresh", Map.of()).statusCode())
                .isIn(401, 403);
    }

    private static HttpResponse<String> refresh(Browser admin, String token) {
        return admin.send(admin.request("/api/admin/fx-refresh")
                .header("X-CSRF-TOKEN", token)
                .POST(BodyPublishers.noBody()));
    }

    private static String document() {
        LocalDate asOf = TargetCalendar.lastButOne(
                LocalDate.ofInstant(java.time.Clock.systemUTC().instant(), TargetCalendar.ZONE));
        return "<Envelope><Cube><Cube time='" + asOf + "'>"
                + Currencies.quoted().stream()
                        .map(code ->
                                "<Cube currency='%s' rate='%s'/>".formatted(code, code.equals("THB") ? "37.5" : "2"))
                        .collect(Collectors.joining())
                + "</Cube></Cube></Envelope>";
    }
}
