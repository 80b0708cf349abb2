package io.bursar.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bursar.TestBursar;
import io.bursar.platform.Database;
import io.bursar.platform.DatabaseLogin;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes to a provider's address, from the provider and from everybody else. */
class InboxDoorTest {
    private final TestBursar bursar = TestBursar.shared();
    private final String account = "shop-" + UUID.randomUUID();
    private final Posts posts = new Posts(bursar, "/api/webhooks/acme/" + account);

    @Test
    void a_genuine_event_is_kept_as_it_came_before_it_is_acknowledged() {
        byte[] body = "{ \"id\":\"evt_1\",\n \"type\":\"invoice.paid\", \"subject\":\"sub_é\" }".getBytes(UTF_8);

        HttpResponse<String> answer = posts.signed(
                body,
                Acme.sign(now(), body),
                "Authorization",
                "Bearer do not keep",
                "Acme-Token",
                "nor this",
                "Acme-Attempt",
                "3");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"kept\"}");
        Map<String, @Nullable Object> kept = only();
        assertThat(kept)
                .containsEntry("body", body)
                .containsEntry("external_id", "evt_1")
                .containsEntry("kind", "invoice.paid")
                .containsEntry("subject", "sub_é")
                .containsEntry("verdict", "signed");
        assertThat(String.valueOf(kept.get("headers")))
                .contains("\"acme-attempt\":[\"3\"]", "\"acme-signature\":")
                .doesNotContain("do not keep", "nor this");
    }

    @Test
    void an_event_that_comes_again_is_acknowledged_and_kept_once() {
        byte[] body = Posts.event("evt_1", "sub_1");
        assertThat(posts.genuine(body).body()).contains("kept");

        HttpResponse<String> again = posts.genuine(body);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo("{\"status\":\"duplicate\"}");
        assertThat(only()).containsEntry("external_id", "evt_1");
    }

    @Test
    void the_same_id_in_another_account_is_another_event() {
        byte[] body = Posts.event("evt_1", "sub_1");
        posts.genuine(body);

        assertThat(new Posts(bursar, "/api/webhooks/acme/" + account + "-b")
                        .genuine(body)
                        .body())
                .contains("kept");
    }

    @Test
    void of_copies_that_come_at_once_one_is_kept_and_the_others_are_duplicates() {
        List<CompletableFuture<String>> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = IntStream.range(0, 64)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> posts.genuine(Posts.event("evt_" + i % 4, "sub_1"))
                                    .body(),
                            threads))
                    .toList();
        }

        assertThat(answers.stream().map(CompletableFuture::join).filter(body -> body.contains("kept")))
                .hasSize(4);
        assertThat(answers.stream().map(CompletableFuture::join).filter(body -> body.contains("duplicate")))
                .hasSize(60);
        assertThat(events()).hasSize(4);
    }

    @Test
    void whatever_differs_by_a_byte_is_turned_away() {
        byte[] body = Posts.event("evt_1", "sub_1");
        String signature = Acme.sign(now(), body);
        for (int place = 0; place < body.length; place += 7) {
            byte[] changed = body.clone();
            changed[place] ^= 1;
            assertThat(posts.signed(changed, signature).statusCode())
                    .as("byte %s", place)
                    .isEqualTo(401);
        }
        assertThat(posts.signed(Arrays.copyOf(body, body.length - 1), signature).statusCode())
                .isEqualTo(401);
        assertThat(posts.signed(Arrays.copyOf(body, body.length + 1), signature).statusCode())
                .isEqualTo(401);
        assertThat(posts.signed(new String(body, UTF_8).getBytes(java.nio.charset.StandardCharsets.UTF_16), signature)
                        .statusCode())
                .isEqualTo(401);
        assertThat(events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t=,v1=",
                "t=1",
                "v1=00",
                "t=99999999999999999999,v1=0000000000000000000000000000000000000000000000000000000000000000",
                "t=-1,v1=0000000000000000000000000000000000000000000000000000000000000000",
                ",,,,,,,",
                "nonsense",
                "t=1,v1=ZZ",
                "%00",
            })
    void a_malformed_signature_is_turned_away(String signature) {
        HttpResponse<String> answer = posts.signed(Posts.event("evt_1", "sub_1"), signature);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("signature_rejected");
        assertThat(events()).isEmpty();
    }

    @Test
    void a_truncated_or_upper_case_signature_is_turned_away() {
        byte[] body = Posts.event("evt_1", "sub_1");
        String signature = Acme.sign(now(), body);

        assertThat(posts.signed(body, signature.substring(0, signature.length() - 1))
                        .statusCode())
                .isEqualTo(401);
        assertThat(posts.signed(body, signature.replace("v1=", "v0=")).statusCode())
                .isEqualTo(401);
        assertThat(posts.signed(body, signature, Acme.SIGNATURE, signature).statusCode())
                .as("a header that says it twice")
                .isEqualTo(401);
        assertThat(events()).isEmpty();
    }

    @Test
    void a_signature_from_another_time_is_turned_away_and_so_is_a_replay_of_it() {
        byte[] body = Posts.event("evt_1", "sub_1");
        Instant now = now();

        assertThat(posts.signed(body, Acme.sign(now.minus(Acme.TOLERANCE).minusSeconds(5), body))
                        .statusCode())
                .isEqualTo(401);
        assertThat(posts.signed(body, Acme.sign(now.plus(Acme.TOLERANCE).plusSeconds(60), body))
                        .statusCode())
                .isEqualTo(401);
        assertThat(posts.signed(body, Acme.sign(now.minus(Duration.ofMinutes(4)), body))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_unsigned_probe_is_turned_away_and_leaves_no_event() {
        HttpResponse<String> answer = posts.unsigned("{\"test\": true}".getBytes(UTF_8));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "not json",
                "{\"id\":7,\"type\":\"x\"}",
                "{\"id\":\"\",\"type\":\"x\"}",
                "{\"id\":\"a\\u0000b\",\"type\":\"x\"}",
                "{\"id\":\"a\\ud800\",\"type\":\"x\"}",
                "{\"id\":\"a\\u202eb\",\"type\":\"x\"}",
            })
    void what_is_signed_and_cannot_be_read_is_turned_away_too(String body) {
        HttpResponse<String> answer = posts.genuine(body.getBytes(UTF_8));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("event_unreadable");
        assertThat(events()).isEmpty();
    }

    @Test
    void an_id_without_end_is_turned_away() {
        assertThat(posts.genuine(Posts.event("e".repeat(201), "sub_1")).statusCode())
                .isEqualTo(400);
        assertThat(posts.genuine(Posts.event("e".repeat(200), "sub_1")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_is_turned_away_is_counted_and_only_the_first_are_kept() {
        int sent = Rejections.SAMPLES_PER_HOUR_MAX + 5;
        byte[] body = Posts.event("evt_claimed", "x".repeat(10_000));
        for (int i = 0; i < sent; i++) {
            assertThat(posts.signed(body, "t=1,v1=" + "0".repeat(64)).statusCode())
                    .isEqualTo(401);
        }

        assertThat(bursar.sql()
                        .sql("SELECT sum(count) FROM inbox.rejection_count WHERE account = :account")
                        .param("account", account)
                        .query(Long.class)
                        .single())
                .isEqualTo(sent);
        assertThat(bursar.sql()
                        .sql("""
                                SELECT count(*), max(octet_length(body)), max(body_bytes) FROM inbox.rejection
                                WHERE account = :account AND claimed_id = 'evt_claimed' AND reason = 'FORGED'
                                """)
                        .param("account", account)
                        .query((row, number) -> List.of(row.getInt(1), row.getInt(2), row.getInt(3)))
                        .single())
                .isEqualTo(List.of(Rejections.SAMPLES_PER_HOUR_MAX, Rejections.SAMPLE_BYTES_MAX, body.length));
        assertThat(bursar.sql()
                        .sql("SELECT count(*) FROM errorlog.entry WHERE code = 'webhook_signature_invalid' "
                                + "AND message LIKE '%' || :account || '%event evt_claimed as claimed%'")
                        .param("account", account)
                        .query(Long.class)
                        .single())
                .isEqualTo(Rejections.SAMPLES_PER_HOUR_MAX);
    }

    @Test
    void an_address_nobody_has_says_so_and_a_verifier_that_is_away_asks_to_come_again() {
        byte[] body = Posts.event("evt_1", "sub_1");

        assertThat(new Posts(bursar, "/api/webhooks/acme/nobody").genuine(body).statusCode())
                .isEqualTo(404);
        assertThat(new Posts(bursar, "/api/webhooks/nobody").genuine(body).statusCode())
                .isEqualTo(404);
        assertThat(bursar.browser().get("/api/webhooks/acme").statusCode()).isEqualTo(405);
        HttpResponse<String> away = new Posts(bursar, "/api/webhooks/acme/away").genuine(body);
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.headers().firstValue("Retry-After")).hasValue("30");
    }

    @Test
    void a_form_is_kept_as_the_bytes_it_came_in() {
        byte[] body = "{\"id\":\"evt_form\",\"type\":\"a=b&c=%20\"}".getBytes(UTF_8);

        HttpResponse<String> answer = Posts.send(java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create(bursar.url() + "/api/webhooks/acme/" + account + "?a=b"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(Acme.SIGNATURE, Acme.sign(now(), body))
                .POST(BodyPublishers.ofByteArray(body)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(only()).containsEntry("body", body);
    }

    @Test
    void a_body_may_be_large_and_not_larger() {
        byte[] largest = Posts.event("evt_1", "sub_1");
        byte[] padded = Arrays.copyOf(largest, Bodies.EVENT_BYTES_MAX);
        Arrays.fill(padded, largest.length, padded.length, (byte) ' ');
        assertThat(posts.genuine(padded).statusCode()).isEqualTo(200);

        byte[] larger = Arrays.copyOf(padded, padded.length + 1);
        larger[padded.length] = ' ';
        assertThat(posts.genuine(larger).statusCode()).isEqualTo(413);
        assertThat(Posts.send(posts.request(larger)
                                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(larger))))
                        .statusCode())
                .as("one that does not say how large it is")
                .isEqualTo(413);
    }

    @Test
    void ten_megabytes_are_refused_before_they_are_read() throws IOException {
        assertThat(raw("POST /api/webhooks/acme/" + account
                        + " HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void headers_without_end_are_refused() throws IOException {
        List<String> lines = new ArrayList<>();
        IntStream.range(0, 2_000).forEach(i -> lines.add("x-" + i + ": 1"));
        String head = "POST /api/webhooks/acme/" + account + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n";

        assertThat(raw(head + String.join("\r\n", lines) + "\r\n\r\n")).startsWith("HTTP/1.1 4");
        assertThat(raw(head + "x: " + "y".repeat(20_000) + "\r\n\r\n")).startsWith("HTTP/1.1 4");
        assertThat(events()).isEmpty();
    }

    @Test
    void when_more_comes_than_can_be_kept_the_rest_is_asked_to_come_again_and_nothing_that_was_acknowledged_is_lost()
            throws SQLException {
        byte[] large = Arrays.copyOf(Posts.event("evt", "sub"), Bodies.EVENT_BYTES_MAX);
        Arrays.fill(large, Posts.event("evt", "sub").length, large.length, (byte) ' ');
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        DatabaseLogin owner = bursar.bean(Database.class).logins().owner();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try (Connection holding = DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password());
                    Statement statement = holding.createStatement()) {
                holding.setAutoCommit(false);
                statement.execute("LOCK TABLE inbox.event IN SHARE ROW EXCLUSIVE MODE");
                for (int i = 0; i < 60; i++) {
                    byte[] body = large.clone();
                    System.arraycopy(Posts.event("evt_" + i, "sub"), 0, body, 0, Posts.event("evt_" + i, "sub").length);
                    answers.add(CompletableFuture.supplyAsync(() -> posts.genuine(body), threads));
                }
                await().until(() -> answers.stream().anyMatch(CompletableFuture::isDone));
                holding.rollback();
            }
        }

        List<HttpResponse<String>> refused = answers.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.statusCode() != 200)
                .toList();
        assertThat(refused).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("inbox_full");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        });
        assertThat(events()).hasSizeGreaterThanOrEqualTo(60 - refused.size());
    }

    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), bursar.url().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.getOutputStream().flush();
            InputStream answer = socket.getInputStream();
            return new String(answer.readNBytes(20), UTF_8);
        }
    }

    private Instant now() {
        return bursar.clock().instant();
    }

    private Map<String, @Nullable Object> only() {
        List<Map<String, @Nullable Object>> all = events();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private List<Map<String, @Nullable Object>> events() {
        return bursar.sql()
                .sql("SELECT * FROM inbox.event WHERE account = :account")
                .param("account", account)
                .query()
                .listOfRows();
    }
}
