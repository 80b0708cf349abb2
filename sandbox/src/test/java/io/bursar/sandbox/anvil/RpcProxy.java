package io.bursar.sandbox.anvil;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** Stands in front of a node and fails on demand, so that "the RPC is down" does not mean losing the chain. */
public final class RpcProxy implements AutoCloseable {

    private static final int HTTP_OK = 200;

    public enum Mode {
        UP,
        /** The connection is closed without a reply. */
        DOWN,
        /** No reply for as long as the mode lasts. */
        SILENT,
        SERVER_ERROR,
        RATE_LIMITED,
        GARBAGE
    }

    private final URI upstream;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> methods = new CopyOnWriteArrayList<>();
    private volatile Mode mode = Mode.UP;
    private volatile CountDownLatch silence = new CountDownLatch(1);

    private RpcProxy(URI upstream, HttpServer server) {
        this.upstream = upstream;
        this.server = server;
    }

    public static RpcProxy before(Anvil anvil) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var proxy = new RpcProxy(anvil.rpc(), server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", proxy::handle);
            server.start();
            return proxy;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    public URI rpc() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void mode(Mode next) {
        mode = next;
        silence.countDown();
        silence = new CountDownLatch(1);
    }

    /** The JSON-RPC methods asked so far, answered or not. */
    public List<String> methods() {
        return List.copyOf(methods);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            methods.add(JsonMapper.shared().readTree(body).path("method").asString(""));
            switch (mode) {
                case UP -> reply(exchange, HTTP_OK, forward(body));
                case DOWN -> {}
                case SILENT -> silence.await();
                case SERVER_ERROR -> reply(exchange, 503, "down for maintenance");
                case RATE_LIMITED -> reply(exchange, 429, "slow down");
                case GARBAGE -> reply(exchange, HTTP_OK, "<html>It works!</html>");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private String forward(byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(upstream)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        silence.countDown();
        server.stop(0);
        http.close();
    }
}
