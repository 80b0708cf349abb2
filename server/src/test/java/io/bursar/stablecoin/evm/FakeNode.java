package io.bursar.stablecoin.evm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An endpoint that says what a test wants it to say, also what no sane node would. */
final class FakeNode implements AutoCloseable {

    static final String BASE_CHAIN_ID = "\"0x2105\"";

    private static final int HTTP_OK = 200;

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Function<Asked, Reply> script;

    record Asked(String method, JsonNode params, @Nullable String authorization) {}

    sealed interface Reply {
        record Result(String json) implements Reply {}

        record Refusal(int code, String message) implements Reply {}

        record Http(int status, String body) implements Reply {}

        record Silence() implements Reply {}
    }

    private FakeNode(HttpServer server, Function<Asked, Reply> script) {
        this.server = server;
        this.script = script;
    }

    /** Serves Base; everything but the question for its chain id is up to the script. */
    static FakeNode saying(Function<Asked, Reply> script) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var node = new FakeNode(server, script);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", node::handle);
            server.start();
            return node;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    static FakeNode saying(Reply always) {
        return saying(_ -> always);
    }

    static Reply result(String json) {
        return new Reply.Result(json);
    }

    static Reply none() {
        return new Reply.Result("null");
    }

    static Reply error(int code, String message) {
        return new Reply.Refusal(code, message);
    }

    static Reply http(int status, String body) {
        return new Reply.Http(status, body);
    }

    URI url() {
        return url("");
    }

    URI url(String userInfoAndAt, String path) {
        return URI.create(
                "http://" + userInfoAndAt + "127.0.0.1:" + server.getAddress().getPort() + path);
    }

    URI url(String path) {
        return url("", path);
    }

    List<Asked> asked() {
        return asked.stream()
                .filter(each -> !each.method().equals("eth_chainId"))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var call = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
            var question = new Asked(
                    call.path("method").asString(""),
                    call.path("params"),
                    exchange.getRequestHeaders().getFirst("Authorization"));
            asked.add(question);
            var id = call.path("id").asLong();
            var chainAsked = question.method().equals("eth_chainId");
            switch (chainAsked ? result(BASE_CHAIN_ID) : script.apply(question)) {
                case Reply.Result(var json) ->
                    send(exchange, HTTP_OK, "{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":%s}".formatted(id, json));
                case Reply.Refusal(var code, var message) ->
                    send(
                            exchange,
                            HTTP_OK,
                            "{\"jsonrpc\":\"2.0\",\"id\":%d,\"error\":{\"code\":%d,\"message\":\"%s\"}}"
                                    .formatted(id, code, message));
                case Reply.Http(var status, var body) -> send(exchange, status, body);
                case Reply.Silence() -> closed.await();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
