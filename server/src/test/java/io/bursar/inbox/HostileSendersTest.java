package io.bursar.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.TestBursar;
import io.bursar.identity.RateLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sends much, slowly, crookedly, or to addresses that are none. */
class HostileSendersTest {
    private static final int FLOOD_ROUNDS_MAX = 3;

    private final TestBursar bursar = TestBursar.shared();
    private final String account = "hostile-" + UUID.randomUUID();
    private final String path = "/api/webhooks/acme/" + account;
    private final Posts posts = new Posts(bursar, path);

    /** Of a network of its own, so that the flood is nobody else's. */
    @Test
    void a_flood_is_soon_answered_without_a_trace_and_turns_no_genuine_event_away() throws Exception {
        int last = 1 + Math.floorMod(System.nanoTime(), 250);
        try (HttpClient flooding = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.getByName("127.9.9." + last))
                .build()) {
            List<Integer> answers = flood(flooding);
            assertThat(answers).startsWith(401).endsWith(429).containsOnly(401, 429);

            byte[] body = Posts.event("evt_1", "sub_1");
            HttpResponse<String> genuine =
                    send(flooding, body, Acme.sign(bursar.clock().instant(), body));
            assertThat(genuine.statusCode()).isEqualTo(200);
            assertThat(rejected())
                    .isEqualTo(answers.stream().filter(answer -> answer == 401).count());
            assertThat(bursar.bean(RateLimits.class)
                            .offenders(bursar.clock().instant().minus(Duration.ofMinutes(5))))
                    .anySatisfy(offender -> assertThat(offender.routeClass()).isEqualTo("webhook-rejected"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base64", "upper case", "full-width digits", "hex of hex", "with spaces", "of nothing"})
    void a_signature_in_another_encoding_is_turned_away(String encoding) {
        byte[] body = Posts.event("evt_1", "sub_1");
        String genuine = Acme.sign(bursar.clock().instant(), body);
        String time = genuine.substring(0, genuine.indexOf(",v1=") + 4);
        String mac = genuine.substring(time.length());
        String other = switch (encoding) {
            case "base64" -> Base64.getEncoder().encodeToString(HexFormat.of().parseHex(mac));
            case "upper case" -> mac.toUpperCase(Locale.ROOT);
            case "full-width digits" -> percent(mac);
            case "hex of hex" -> HexFormat.of().formatHex(mac.getBytes(UTF_8));
            case "with spaces" -> mac.replaceAll("(..)", "$1 ").strip();
            default -> HexFormat.of().formatHex(new byte[32]);
        };

        assertThat(posts.signed(body, time + other).statusCode()).isEqualTo(401);
        assertThat(events()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/webhooks/acme/../acme/%s",
                "/api/webhooks/acme/%%2e%%2e/acme/%s",
                "/api/webhooks//acme/%s",
                "/api//webhooks/acme/%s",
                "/api/webhooks/acme;a=b/%s",
                "/api/webhooks/acme%%2f%s",
                "/api/webhooks/acme/%s%%00",
                "/api/webhooks/acme/%s%%0d%%0aX-Evil:%%201",
                "/api/webhooks/acme/%s/",
                "/api/webhooks/acme/%s/more",
                "/api/webhooks/ACME/%s",
                "/API/webhooks/acme/%s",
                "/api/webhooks/acme\\%s",
                "/api/webhooks/%%61cme%%252f%s",
            })
    void an_address_that_only_looks_like_a_providers_takes_nothing(String address) throws IOException {
        byte[] body = Posts.event("evt_1", "sub_1");
        String head = "POST " + address.formatted(account) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + Acme.SIGNATURE + ": " + Acme.sign(bursar.clock().instant(), body) + "\r\nContent-Length: "
                + body.length + "\r\n\r\n";

        String answer = raw(head + new String(body, UTF_8));

        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("X-Evil", "java", "Tomcat");
        assertThat(events()).isZero();
    }

    @Test
    void a_request_that_tells_two_lengths_is_refused() throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\n";

        assertThat(raw(head + "Content-Length: 2\r\nContent-Length: 20\r\n\r\n{}"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw(head + "Content-Length: 2\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 ")
                .doesNotStartWith("HTTP/1.1 2");
        assertThat(raw(head + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n"))
                .doesNotStartWith("HTTP/1.1 2");
        assertThat(events()).isZero();
    }

    @Test
    void connections_that_send_a_little_and_wait_keep_nobody_out() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = connect();
                slow.add(socket);
                socket.getOutputStream()
                        .write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(posts.genuine(Posts.event("evt_" + i, "sub_1")).statusCode())
                        .isEqualTo(200);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        assertThat(events()).isEqualTo(10);
    }

    @Test
    void a_connection_that_falls_silent_is_hung_up() throws IOException {
        try (Socket inHead = connect();
                Socket inBody = connect()) {
            inHead.getOutputStream().write("POST /api/webhooks/acme HTTP/1.1\r\nHo".getBytes(UTF_8));
            inBody.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{").getBytes(UTF_8));

            assertThat(new String(inHead.getInputStream().readAllBytes(), UTF_8))
                    .doesNotStartWith("HTTP/1.1 2");
            assertThat(new String(inBody.getInputStream().readAllBytes(), UTF_8))
                    .doesNotStartWith("HTTP/1.1 2");
        }
        assertThat(events()).isZero();
    }

    /** A minute may end in between. */
    private List<Integer> flood(HttpClient flooding) throws Exception {
        for (int round = 0; round < FLOOD_ROUNDS_MAX; round++) {
            bursar.ownerSql()
                    .sql("DELETE FROM inbox.rejection_count WHERE account = :account")
                    .param("account", account)
                    .update();
            long minute = minute();
            List<Integer> answers = new ArrayList<>();
            for (int i = 0; i < InboxDoor.REJECTED_PER_MINUTE_MAX + 10; i++) {
                answers.add(send(flooding, "{}".getBytes(UTF_8), "nonsense").statusCode());
            }
            if (minute() == minute) {
                return answers;
            }
        }
        throw new AssertionError("no flood was over within a minute");
    }

    private long minute() {
        return bursar.clock().instant().getEpochSecond() / 60;
    }

    private HttpResponse<String> send(HttpClient client, byte[] body, String signature) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(bursar.url() + path))
                        .header(Acme.SIGNATURE, signature)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String percent(String mac) {
        StringBuilder wide = new StringBuilder();
        mac.chars().forEach(digit -> wide.append((char) (digit < 'a' ? digit - '0' + 0xB2 : digit)));
        return wide.toString();
    }

    private long rejected() {
        return bursar.sql()
                .sql("SELECT coalesce(sum(count), 0) FROM inbox.rejection_count WHERE account = :account")
                .param("account", account)
                .query(Long.class)
                .single();
    }

    private long events() {
        return bursar.sql()
                .sql("SELECT count(*) FROM inbox.event WHERE account LIKE :account")
                .param("account", account + "%")
                .query(Long.class)
                .single();
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), bursar.url().getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
