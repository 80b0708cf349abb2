package io.bursar.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.bursar.platform.WorldFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EcbSourceTest {
    static final String FEED = """
            <?xml version="1.0" encoding="UTF-8"?>
            <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
                             xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
              <gesmes:subject>Reference rates</gesmes:subject>
              <gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
              <Cube>
                <Cube time='2026-03-02'>
                  <Cube currency='USD' rate='1.0876'/>
                  <Cube currency='THB' rate='37.5074'/>
                </Cube>
                <Cube time='2026-02-27'><Cube currency='USD' rate='9.9'/></Cube>
              </Cube>
            </gesmes:Envelope>
            """;
    private final AtomicReference<byte[]> body = new AtomicReference<>(bytes(FEED));
    private volatile int status = 200;
    private HttpServer server = server();
    private EcbSource source = source();

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, body.get().length);
            exchange.getResponseBody().write(body.get());
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        source.close();
        server.stop(0);
    }

    @Test
    void the_newest_day_of_the_feed_is_read() {
        RateSource.Feed feed = source.fetch();

        assertThat(feed.asOf()).isEqualTo("2026-03-02");
        assertThat(feed.rates()).isEqualTo(Map.of("USD", "1.0876", "THB", "37.5074"));
    }

    @Test
    void what_the_source_answers_instead_is_told() {
        status = 500;
        assertFails("HTTP 500");
        status = 301;
        assertFails("HTTP 301");
        status = 200;
        body.set(bytes("<html>maintenance</html>"));
        assertFails("not the ECB's format");
        body.set(bytes("{\"rates\":{}}"));
        assertFails("not the ECB's format");
        body.set(bytes(FEED.replace("2026-03-02", "yesterday")));
        assertFails("not the ECB's format");
        body.set(new byte[0]);
        assertFails("not the ECB's format");
    }

    @Test
    void a_document_without_end_is_not_read_to_it() {
        body.set(bytes(FEED.replace("<Cube>", "<Cube>" + " ".repeat(300_000))));
        assertFails("could not be read");
    }

    @Test
    void no_entity_is_expanded_or_fetched() {
        body.set(bytes(FEED.replace("<gesmes:Envelope", """
                <!DOCTYPE x [<!ENTITY a "1.0876">]>
                <gesmes:Envelope""")));
        assertFails("not the ECB's format");
        body.set(bytes(FEED.replace("<gesmes:Envelope", """
                <!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>
                <gesmes:Envelope""").replace("Reference rates", "&a;")));
        assertFails("not the ECB's format");
    }

    @Test
    void a_source_that_is_away_is_told() {
        server.stop(0);
        assertFails("could not be read");
    }

    private void assertFails(String what) {
        assertThatThrownBy(source::fetch)
                .isInstanceOfSatisfying(WorldFailedException.class, failed -> {
                    assertThat(failed.code()).isEqualTo("fx_unavailable");
                    assertThat(failed.retryable()).isTrue();
                })
                .hasMessageContaining(what);
    }

    private EcbSource source() {
        return new EcbSource(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/daily.xml"));
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
