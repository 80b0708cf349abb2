package io.bursar.stablecoin.evm;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One request and one reply of JSON-RPC 2.0 over HTTP. Every way it can go wrong comes back as a value. */
final class JsonRpcHttp {

    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    static final int RESPONSE_BYTES_MAX = 16 * 1024 * 1024;

    private static final int HTTP_OK = 200;
    private static final int HTTP_TOO_MANY_REQUESTS = 429;
    private static final int HTTP_SERVER_ERROR_MIN = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EndpointUrl url;
    private final HttpClient http;
    private final Duration timeout;
    private final AtomicLong ids = new AtomicLong();

    JsonRpcHttp(EndpointUrl url, HttpClient http, Duration timeout) {
        this.url = url;
        this.http = http;
        this.timeout = timeout;
    }

    sealed interface Reply {
        record Result(JsonNode value) implements Reply {}

        record None() implements Reply {}

        record Failed(RpcFailure failure) implements Reply {}
    }

    Reply ask(Query<?> query) {
        var reply = askOnce(query);
        // A kept-alive connection may have been closed by the other side while idle; that says nothing of its health.
        return query.isRepeatable() && isLost(reply) ? askOnce(query) : reply;
    }

    private static boolean isLost(Reply reply) {
        return reply instanceof Reply.Failed(var failure) && failure.kind() == RpcFailure.Kind.CONNECTION_LOST;
    }

    private Reply askOnce(Query<?> query) {
        var id = ids.incrementAndGet();
        var limited = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), RESPONSE_BYTES_MAX);
        // The timeout is on the future because that of HttpRequest ends with the headers, and a body can drip for ever.
        var exchange = http.sendAsync(request(id, query), limited);
        try {
            return read(exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS), id);
        } catch (TimeoutException slow) {
            exchange.cancel(true);
            return failed(RpcFailure.Kind.TIMEOUT, 0, "no reply within " + timeout.toMillis() + " ms");
        } catch (InterruptedException stop) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return failed(RpcFailure.Kind.INTERRUPTED, 0, "interrupted while waiting for a reply");
        } catch (ExecutionException broken) {
            return broken(broken.getCause());
        }
    }

    private HttpRequest request(long id, Query<?> query) {
        var call = new LinkedHashMap<String, Object>();
        call.put("jsonrpc", "2.0");
        call.put("id", id);
        call.put("method", query.method());
        call.put("params", query.params());
        var request = HttpRequest.newBuilder(url.target())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(call)));
        url.authorization().ifPresent(credentials -> request.header("Authorization", credentials));
        if (url.isPlain()) {
            request.version(HttpClient.Version.HTTP_1_1);
        }
        return request.build();
    }

    private Reply broken(@Nullable Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException _ -> failed(RpcFailure.Kind.CONNECT, 0, "connect timed out");
            case ConnectException _ -> failed(RpcFailure.Kind.CONNECT, 0, "cannot connect");
            case UnresolvedAddressException _ -> failed(RpcFailure.Kind.CONNECT, 0, "host name not resolved");
            case HttpTimeoutException _ -> failed(RpcFailure.Kind.TIMEOUT, 0, "no reply in time");
            case IOException lost
            when isOversize(lost) ->
                failed(RpcFailure.Kind.RESPONSE_TOO_LARGE, 0, "more than " + RESPONSE_BYTES_MAX + " bytes");
            case IOException lost ->
                failed(RpcFailure.Kind.CONNECTION_LOST, 0, lost.getClass().getSimpleName());
            case null, default -> failed(RpcFailure.Kind.CONNECTION_LOST, 0, "exchange broken");
        };
    }

    private static boolean isOversize(IOException problem) {
        var message = problem.getMessage();
        return message != null && message.contains("exceeds capacity");
    }

    private Reply read(HttpResponse<byte[]> response, long id) {
        var status = response.statusCode();
        if (status == HTTP_TOO_MANY_REQUESTS) {
            return failed(RpcFailure.Kind.RATE_LIMITED, status, "too many requests");
        }
        if (status >= HTTP_SERVER_ERROR_MIN) {
            return failed(RpcFailure.Kind.HTTP_STATUS, status, "server error");
        }
        var reply = reply(response.body(), id);
        // Some nodes answer a JSON-RPC error with a 4xx; their words say more than the status.
        var told = reply instanceof Reply.Failed(var failure) && failure.kind() == RpcFailure.Kind.RPC_ERROR;
        return status == HTTP_OK || told ? reply : failed(RpcFailure.Kind.HTTP_STATUS, status, "not 200");
    }

    private Reply reply(byte[] body, long id) {
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (JacksonException notJson) {
            return failed(RpcFailure.Kind.MALFORMED, 0, "not JSON");
        }
        if (!node.isObject()) {
            return failed(RpcFailure.Kind.MALFORMED, 0, "not a JSON object");
        }
        var error = node.get("error");
        if (error != null && !error.isNull()) {
            return failed(
                    RpcFailure.Kind.RPC_ERROR,
                    error.path("code").asInt(0),
                    error.path("message").asString(""));
        }
        var result = node.get("result");
        if (result == null
                || !node.path("id").isIntegralNumber()
                || node.path("id").asLong() != id) {
            return failed(RpcFailure.Kind.MALFORMED, 0, "no result to our request");
        }
        return result.isNull() ? new Reply.None() : new Reply.Result(result);
    }

    private Reply.Failed failed(RpcFailure.Kind kind, int code, String message) {
        return new Reply.Failed(new RpcFailure(kind, code, url.redact(message)));
    }
}
