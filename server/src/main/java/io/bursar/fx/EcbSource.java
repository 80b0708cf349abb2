package io.bursar.fx;

import io.bursar.platform.WorldFailedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The ECB's daily reference rates, or any server that speaks their format. */
final class EcbSource implements RateSource, AutoCloseable {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration FETCH_MAX = Duration.ofSeconds(10);
    private static final int BODY_BYTES_MAX = 256 * 1024;

    private final URI address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    EcbSource(URI address) {
        this.address = address;
    }

    @Override
    public String name() {
        return "ecb";
    }

    @Override
    public Feed fetch() {
        HttpResponse<byte[]> response = response();
        if (response.statusCode() != 200) {
            throw failed("answered HTTP " + response.statusCode() + " (expected: 200)", null);
        }
        return EcbXml.parse(response.body())
                .orElseThrow(() -> failed("answered with something that is not the ECB's format", null));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** The request's own timeout ends with the headers; waiting for the whole is bounded here, body and all. */
    private HttpResponse<byte[]> response() {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(FETCH_MAX).build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_BYTES_MAX));
        try {
            return answer.get(FETCH_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            throw failed("did not answer within " + FETCH_MAX.toSeconds() + " seconds", slow);
        } catch (ExecutionException broken) {
            Throwable cause = broken.getCause();
            throw failed(cause instanceof IOException ? "could not be read: " + described(cause) : "failed", cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed("was not waited for", interrupted);
        } finally {
            answer.cancel(true);
        }
    }

    private static String described(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** Names the host alone: an address may hold a key. */
    private WorldFailedException failed(String what, @Nullable Throwable cause) {
        return new WorldFailedException(
                "fx_unavailable", true, "The rate source at " + address.getHost() + " " + what + ".", cause);
    }
}
