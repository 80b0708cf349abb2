package io.bursar.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small HTTP server bound to the loopback interface: a virtual thread for every request, bodies of limited size. */
public final class Loopback implements AutoCloseable {
    private static final int BODY_BYTES_MAX = 1 << 20;

    static {
        // Without it every small answer waits some 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService executor;

    private Loopback(HttpServer server, ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    /** Port 0 takes any free one. */
    public static Loopback start(int port, Handler handler) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
            var executor = Executors.newVirtualThreadPerTaskExecutor();
            server.setExecutor(executor);
            server.createContext("/", exchange -> serve(exchange, handler));
            server.start();
            return new Loopback(server, executor);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, failure);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static void serve(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
            var response = body.length > BODY_BYTES_MAX
                    ? Response.text(413, "body: larger than " + BODY_BYTES_MAX + " bytes")
                    : answer(exchange, handler, new String(body, StandardCharsets.UTF_8));
            send(exchange, response);
        }
    }

    private static Response answer(HttpExchange exchange, Handler handler, String body) {
        try {
            var uri = exchange.getRequestURI();
            return handler.handle(new Request(
                    exchange.getRequestMethod(),
                    uri.getPath(),
                    Request.decode(uri.getRawQuery()),
                    exchange.getRequestHeaders(),
                    body));
        } catch (BadRequestException refused) {
            return Response.json(400, Map.of("error", String.valueOf(refused.getMessage())));
        } catch (RuntimeException bug) {
            return Response.json(500, Map.of("error", bug.toString()));
        }
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", response.contentType());
        headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
        headers.set("X-Content-Type-Options", "nosniff");
        response.headers().forEach(headers::set);
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
