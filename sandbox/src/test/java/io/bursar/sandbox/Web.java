package io.bursar.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A plain HTTP client for tests; each one given is its own. */
public final class Web {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Web() {}

    public static HttpResponse<String> get(String url) {
        return send(request(url).GET());
    }

    public static HttpResponse<String> post(String url, String body) {
        return send(request(url).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
