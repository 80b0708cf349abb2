package io.bursar.inbox;

import io.bursar.TestBursar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Posts events to a running Bursar, as Acme and its impostors would. */
public final class Posts {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final TestBursar bursar;
    private final String path;

    public Posts(TestBursar bursar, String path) {
        this.bursar = bursar;
        this.path = path;
    }

    public static byte[] event(String id, String subject) {
        return "{\"id\":\"%s\",\"type\":\"invoice.paid\",\"subject\":\"%s\",\"amount\":\"39.12\"}"
                .formatted(id, subject)
                .getBytes(StandardCharsets.UTF_8);
    }

    public HttpResponse<String> genuine(byte[] body) {
        return signed(body, Acme.sign(bursar.clock().instant(), body));
    }

    HttpResponse<String> signed(byte[] body, String signature, String... headers) {
        HttpRequest.Builder request = request(body).header(Acme.SIGNATURE, signature);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    HttpResponse<String> unsigned(byte[] body) {
        return send(request(body));
    }

    HttpRequest.Builder request(byte[] body) {
        return HttpRequest.newBuilder(URI.create(bursar.url() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
