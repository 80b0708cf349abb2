package io.bursar.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.bursar.platform.Secrets;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SigningSecretTest {
    private static final Secrets SECRETS = new Secrets(new byte[Secrets.KEY_BYTES]);
    private static final String ID = "evt_01jd0000000000000000000000";
    private static final String BODY = "{\"type\":\"payment.verified\",\"data\":{\"amount\":\"39.12\"}}";

    @Test
    void it_signs_the_published_vector() {
        SigningSecret secret = SigningSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        String signature = secret.signature(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1_614_265_330L),
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void the_official_library_accepts_it_and_refuses_any_change() throws Exception {
        SigningSecret secret = SigningSecret.random(SECRETS);
        Instant now = Clock.systemUTC().instant();
        String signature = secret.signature(ID, now, BODY.getBytes(StandardCharsets.UTF_8));
        Webhook official = new Webhook(secret.text());

        official.verify(BODY, headers(ID, now, signature));

        assertRefused(official, BODY.replace("39.12", "39.13"), headers(ID, now, signature));
        assertRefused(official, BODY + " ", headers(ID, now, signature));
        assertRefused(official, BODY, headers(ID.replace('1', '2'), now, signature));
        assertRefused(official, BODY, headers(ID, now.plusSeconds(1), signature));
        assertRefused(official, BODY, headers(ID, now, signature.replaceFirst("v1,.", "v1,!")));
        assertRefused(new Webhook(SigningSecret.random(SECRETS).text()), BODY, headers(ID, now, signature));
    }

    @Test
    void a_secret_is_32_bytes_and_shows_only_its_fingerprint() {
        SigningSecret secret = SigningSecret.random(SECRETS);

        assertThat(secret.text()).startsWith("whsec_").hasSize("whsec_".length() + 44);
        assertThat(secret.fingerprint()).matches("[0-9a-f]{8}");
        assertThat(secret.toString()).contains(secret.fingerprint()).doesNotContain(secret.text());
        assertThat(SigningSecret.parse(secret.text())).isEqualTo(secret);
    }

    private static void assertRefused(Webhook official, String body, HttpHeaders headers) {
        assertThatThrownBy(() -> official.verify(body, headers)).isInstanceOf(WebhookVerificationException.class);
    }

    private static HttpHeaders headers(String id, Instant at, String signature) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("webhook-id", List.of(id));
        headers.put("webhook-timestamp", List.of(Long.toString(at.getEpochSecond())));
        headers.put("webhook-signature", List.of(signature));
        return HttpHeaders.of(headers, (name, value) -> true);
    }
}
