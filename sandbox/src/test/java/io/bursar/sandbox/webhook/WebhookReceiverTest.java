package io.bursar.sandbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.bursar.sandbox.Web;
import io.bursar.sandbox.http.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The official library signs; the receiver must agree with it. */
class WebhookReceiverTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final String BODY = "{\"type\":\"payment.verified\",\"data\":{\"name\":\"<Café>\"}}";

    private final Clock clock = Clock.systemUTC();
    private WebhookReceiver receiver;

    @BeforeEach
    void start() {
        receiver = WebhookReceiver.start(0, clock);
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void a_signature_of_the_official_library_is_accepted_under_any_known_secret() {
        tell(OTHER_SECRET);
        tell(SECRET);
        assertThat(deliver("msg_1", now(), BODY, signature("msg_1", now())).statusCode())
                .isEqualTo(200);
        assertThat(deliver("msg_1", now(), BODY, "v1,bm9uZQ== v1a,zzz " + signature("msg_1", now()))
                        .statusCode())
                .isEqualTo(200);
        var seen = Json.parse(Web.get(receiver.url() + "/deliveries").body());
        assertThat(seen.size()).isEqualTo(2);
        assertThat(seen.path(0).path("verdict").asString()).isEqualTo("verified");
        assertThat(seen.path(0).path("attempt").asInt()).isEqualTo(2);
        assertThat(seen.path(0).path("type").asString()).isEqualTo("payment.verified");
        assertThat(seen.path(0).path("body").asString()).isEqualTo(BODY);
    }

    @Test
    void the_published_test_vector_verifies() {
        var signed = new SignatureCheck.Signed(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "1614265330",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "{\"test\": 2432232314}");
        assertThat(SignatureCheck.judge(signed, List.of(SECRET), Instant.ofEpochSecond(1_614_265_330)))
                .isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void one_changed_byte_a_foreign_secret_and_an_old_timestamp_are_refused() {
        tell(SECRET);
        var signature = signature("msg_1", now());
        assertThat(deliver("msg_1", now(), BODY.replace("Café", "Cafe"), signature)
                        .statusCode())
                .isEqualTo(401);
        long old = now() - 301;
        assertThat(deliver("msg_1", old, BODY, signature("msg_1", old)).statusCode())
                .isEqualTo(401);
        assertThat(receiver.deliveries().getFirst().verdict()).isEqualTo(Verdict.STALE_TIMESTAMP);
        receiver.forgetSecrets();
        tell(OTHER_SECRET);
        assertThat(deliver("msg_1", now(), BODY, signature).statusCode()).isEqualTo(401);
        assertThat(Web.post(receiver.hookUrl("a"), BODY).statusCode()).isEqualTo(400);
    }

    @Test
    void failures_are_switched_on_over_http() {
        tell(SECRET);
        for (var fault :
                new String[][] {{"http_500", "500"}, {"http_410", "410"}, {"http_429", "429"}, {"none", "200"}}) {
            var switched = Web.post(receiver.url() + "/sandbox/faults", "{\"fault\":\"" + fault[0] + "\"}");
            assertThat(switched.statusCode()).isEqualTo(200);
            assertThat(deliver("msg_2", now(), BODY, signature("msg_2", now())).statusCode())
                    .isEqualTo(Integer.parseInt(fault[1]));
        }
    }

    @Test
    void the_page_shows_deliveries_escaped() {
        assertThat(deliver("msg_<3>", now(), BODY, "v1,x").statusCode()).isEqualTo(200);
        assertThat(Web.get(receiver.url() + "/").body())
                .contains("No secret to check with")
                .contains("&lt;Café&gt;")
                .contains("msg_&lt;3&gt;")
                .doesNotContain("<Café>");
    }

    private void tell(String secret) {
        var request = Web.request(receiver.url() + "/secret")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"secret\":\"" + secret + "\"}"));
        assertThat(Web.send(request).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> deliver(String id, long timestamp, String body, String signature) {
        return Web.send(Web.request(receiver.hookUrl("northwind"))
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String signature(String id, long timestamp) {
        try {
            return new Webhook(SECRET).sign(id, timestamp, BODY);
        } catch (WebhookSigningException | EmptyWebhookSecretException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
