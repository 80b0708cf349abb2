package io.bursar.outbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Somebody's endpoint on the loopback: keeps what it gets and answers as it is told. */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> timesById = new ConcurrentHashMap<>();
    private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
    private final Map<String, Answer> answersByPath = new ConcurrentHashMap<>();
    private volatile Answer answer = Answer.status(200);

    record Received(String id, String timestamp, String signature, String contentType, String body) {}

    record Answer(int status, Map<String, String> headers, String body) {
        static Answer status(int status) {
            return new Answer(status, Map.of(), "");
        }
    }

    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    /** {@code http://127.0.0.1:port}, to be listed as allowed. */
    public String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String url() {
        return origin() + "/hook";
    }

    int port() {
        return server.getAddress().getPort();
    }

    void answers(Answer next) {
        answer = next;
    }

    /** At this path alone, whatever is answered elsewhere. */
    void answers(String path, Answer next) {
        answersByPath.put(path, next);
    }

    /** From now on nothing is answered until {@link #opens()}. */
    void stalls() {
        gate.drainPermits();
    }

    void opens() {
        gate.release(Integer.MAX_VALUE / 2);
    }

    List<Received> received() {
        return received;
    }

    /** How often each id came. */
    public Map<String, Integer> timesById() {
        return timesById;
    }

    @Override
    public void close() {
        opens();
        server.stop(0);
        threads.shutdownNow();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String id = header(exchange, "webhook-id");
            received.add(new Received(
                    id,
                    header(exchange, "webhook-timestamp"),
                    header(exchange, "webhook-signature"),
                    header(exchange, "Content-Type"),
                    body));
            timesById.merge(id, 1, Integer::sum);
            gate.acquireUninterruptibly();
            Answer given = answersByPath.getOrDefault(exchange.getRequestURI().getPath(), answer);
            given.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] text = given.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(given.status(), text.length == 0 ? -1 : text.length);
            if (text.length > 0) {
                exchange.getResponseBody().write(text);
            }
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }
}
