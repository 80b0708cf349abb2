package io.bursar.sandbox;

import io.bursar.sandbox.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The partner's backend, which asks for payments over the API, and its customers, who pay on the pay page. */
final class DemoShop {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String baseUrl;
    private final String apiKey;

    DemoShop(String baseUrl, String apiKey) {
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
    }

    /** The reference is the idempotency key too: asked again after an interrupted start, it is the same request. */
    String ask(String merchantId, String amount, String reference) {
        var order = Map.of("merchantId", merchantId, "amount", amount, "currency", "EUR", "reference", reference);
        var request = Patience.await("a payment request over " + amount + " EUR", () -> create(order, reference));
        return request.path("id").asString("");
    }

    /** Opens the pay page in the sandbox's wallet and presses one of its buttons. Answers the transaction's hash. */
    String pay(String walletUrl, String requestId, String how) {
        var form = "how=" + how + "&link=" + URLEncoder.encode(baseUrl + "/pay/" + requestId, StandardCharsets.UTF_8);
        var answer = send(HttpRequest.newBuilder(URI.create(walletUrl))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        var location = answer.headers().firstValue("location").orElse("");
        if (answer.statusCode() != 303 || !location.contains("sent=")) {
            throw new IllegalStateException("the wallet did not pay " + requestId + ": " + answer.body());
        }
        return location.substring(location.indexOf("sent=") + "sent=".length());
    }

    void prove(String requestId, String hash) {
        var body = Json.write(Map.of("txHash", hash));
        var answer = send(
                api("/api/v1/payment-requests/" + requestId + "/proof").PUT(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException("attaching a proof: the server answered " + answer.body());
        }
    }

    boolean unpaid(String requestId) {
        var transfers = send(api("/api/v1/payment-requests/" + requestId + "/chain-transfers")
                .GET());
        var json = Json.parse(transfers.body());
        var items = json.isArray() ? json : json.path("items");
        return items.isEmpty();
    }

    /** Unavailable is no refusal: the first rates and the first look at the chain come within seconds of the start. */
    private Optional<JsonNode> create(Map<String, String> order, String key) {
        var answer = send(api("/api/v1/payment-requests")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(order))));
        if (answer.statusCode() == 503) {
            return Optional.empty();
        }
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException("asking for a payment: the server answered " + answer.body());
        }
        return Optional.of(Json.parse(answer.body()));
    }

    private HttpRequest.Builder api(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path))
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException("the server cannot be reached", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", stopped);
        }
    }
}
