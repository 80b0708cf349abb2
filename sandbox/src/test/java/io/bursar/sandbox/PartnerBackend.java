package io.bursar.sandbox;

import static java.util.Objects.requireNonNull;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.bursar.sandbox.http.Json;
import io.bursar.sandbox.http.Loopback;
import io.bursar.sandbox.http.Request;
import io.bursar.sandbox.http.Response;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The partner's own server, which knows nothing of Bursar but its API and the Standard Webhooks specification: it asks
 * for payments with its key, and believes a webhook only when the specification's official library does.
 */
final class PartnerBackend implements AutoCloseable {
    private final List<Notice> notices = new CopyOnWriteArrayList<>();
    private final Loopback server = Loopback.start(0, this::receive);
    private volatile DemoFile.@Nullable Partner partner;
    private volatile String bursar = "";
    private volatile boolean away;

    /** A webhook as it arrived. */
    record Notice(String id, boolean genuine, JsonNode payload) {}

    String origin() {
        return server.url();
    }

    String hookUrl() {
        return origin() + "/bursar-events";
    }

    void configure(String bursarUrl, DemoFile.Partner credentials) {
        bursar = bursarUrl;
        partner = credentials;
    }

    HttpResponse<String> askForPayment(Map<String, String> order, String idempotencyKey) {
        return Web.send(api("/api/v1/payment-requests")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(Json.write(order))));
    }

    JsonNode read(String path) {
        var answer = Web.send(api("/api/v1/payment-requests" + path).GET());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return Json.parse(answer.body());
    }

    /** While it is away it takes nothing, and says so. */
    void away(boolean away) {
        this.away = away;
    }

    /** Everything that ever arrived, oldest first. */
    List<Notice> notices() {
        return List.copyOf(notices);
    }

    @Override
    public void close() {
        server.close();
    }

    private HttpRequest.Builder api(String path) {
        return Web.request(bursar + path)
                .header("Authorization", "Bearer " + credentials().apiKey())
                .header("Content-Type", "application/json");
    }

    private Response receive(Request request) {
        if (away) {
            return Response.text(503, "closed for lunch");
        }
        var id = request.header("webhook-id").orElse("");
        boolean genuine = genuine(request);
        notices.add(new Notice(id, genuine, request.json()));
        return genuine ? Response.json(Map.of()) : Response.text(401, "bad signature");
    }

    private boolean genuine(Request request) {
        try {
            new Webhook(credentials().webhookSecret()).verify(request.body(), request.headers());
            return true;
        } catch (WebhookVerificationException forged) {
            return false;
        } catch (EmptyWebhookSecretException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private DemoFile.Partner credentials() {
        return requireNonNull(partner, "nobody gave this partner its key yet");
    }
}
