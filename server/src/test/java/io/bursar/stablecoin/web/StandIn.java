package io.bursar.stablecoin.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The world outside, standing still: a node of Base on which USDC is and nothing happens. */
final class StandIn implements AutoCloseable {
    private static final String USDC = "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913";
    private static final String HEAD = "0x10";

    private final HttpServer server;

    StandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/node", this::node);
        server.start();
    }

    String nodeUrl() {
        return origin() + "/node";
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void node(HttpExchange exchange) throws IOException {
        JsonNode call = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        send(
                exchange,
                "{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":%s}"
                        .formatted(
                                call.path("id").asLong(),
                                answer(call.path("method").asString(""), call.path("params"))));
    }

    private static String answer(String method, JsonNode params) {
        return switch (method) {
            case "eth_chainId" -> "\"0x2105\"";
            case "eth_blockNumber" -> quoted(HEAD);
            case "eth_getBlockByNumber" -> block(params.path(0).asString(""));
            case "eth_getCode" -> lower(params.path(0).asString("")).equals(USDC) ? "\"0x60\"" : "\"0x\"";
            case "eth_call" -> token(params.path(0));
            case "eth_getLogs" -> "[]";
            default -> "null";
        };
    }

    private static String block(String asked) {
        long number = asked.startsWith("0x") ? Long.decode(asked) : Long.decode(HEAD);
        return "{\"number\":\"0x%x\",\"hash\":\"0x%064x\",\"parentHash\":\"0x%064x\",\"timestamp\":\"0x%x\"}"
                .formatted(number, number + 1, number, 1_700_000_000L + number);
    }

    private static String token(JsonNode call) {
        String data = call.has("data")
                ? call.path("data").asString("")
                : call.path("input").asString("");
        return switch (data.substring(0, Math.min(10, data.length()))) {
            case "0x313ce567" -> quoted("0x%064x".formatted(6));
            case "0x95d89b41" -> text("USDC");
            case "0x06fdde03" -> text("USD Coin");
            case "0x54fd4d50" -> text("2");
            default -> "\"0x\"";
        };
    }

    private static String text(String value) {
        String hex = HexFormat.of().formatHex(value.getBytes(StandardCharsets.US_ASCII));
        return quoted("0x%064x%064x%s".formatted(32, value.length(), hex + "0".repeat(64 - hex.length())));
    }

    private static String quoted(String value) {
        return "\"" + value + "\"";
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static void send(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
