package io.bursar.sandbox.anvil;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real EVM node of its own for a test. Every transaction is mined at once in a block of its own, blocks are
 * otherwise mined only by {@link #mine}; safe is head−4 and finalized head−8.
 */
public final class Anvil implements AutoCloseable {

    public static final int SAFE_DEPTH = 4;
    public static final int FINAL_DEPTH = 8;

    private static final Pattern LISTENING = Pattern.compile("Listening on (127\\.0\\.0\\.1:[0-9]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Process process;
    private final URI rpc;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicLong miners = new AtomicLong();

    private Anvil(Process process, URI rpc) {
        this.process = process;
        this.rpc = rpc;
    }

    public static Anvil start(long chainId) {
        return run("--chain-id", Long.toString(chainId));
    }

    /** Chains with different genesis times have different genesis hashes, though the id be the same. */
    public static Anvil start(long chainId, Instant genesis) {
        return run("--chain-id", Long.toString(chainId), "--timestamp", Long.toString(genesis.getEpochSecond()));
    }

    private static Anvil run(String... options) {
        var command = new ArrayList<>(List.of(ChainTools.anvil().toString(), "--port", "0"));
        command.addAll(List.of("--slots-in-an-epoch", Integer.toString(SAFE_DEPTH)));
        command.addAll(List.of(options));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new Anvil(process, address(process));
        } catch (IOException cannotRun) {
            throw new UncheckedIOException("anvil does not run", cannotRun);
        }
    }

    public URI rpc() {
        return rpc;
    }

    /** One of the ten accounts that anvil has filled with native coin and signs for. */
    public AnvilWallet wallet(int index) {
        return new AnvilWallet(this, call("eth_accounts").get(index).stringValue());
    }

    public long head() {
        return quantity(call("eth_blockNumber")).longValueExact();
    }

    public void mine(int blocks) {
        call("anvil_mine", hex(blocks));
    }

    /** Mines until what is in the head block now is final. */
    public void mineToFinality() {
        mine(FINAL_DEPTH);
    }

    /** Off: transactions wait in the mempool for {@link #mine}. */
    public void mineAtOnce(boolean on) {
        call("evm_setAutomine", on);
    }

    public void nextBlockTime(Instant instant) {
        call("evm_setNextBlockTimestamp", instant.getEpochSecond());
    }

    /**
     * Replaces the last {@code depth} blocks by as many empty ones: their transactions, and codes set since, are
     * gone.
     */
    public void reorg(int depth) {
        replaceBlocks(depth, List.of());
    }

    /** The same, but a transaction comes back in the new block at {@code offset} (0 is the lowest). */
    public void reorgAndRemine(int depth, String txHash, int offset) {
        var raw = call("eth_getRawTransactionByHash", txHash).stringValue();
        replaceBlocks(depth, List.of(List.of(raw, offset)));
    }

    /** By another miner: the same transactions in the same second would be the same block, and so no reorg at all. */
    private void replaceBlocks(int depth, List<?> transactions) {
        call("anvil_setCoinbase", "0x%040x".formatted(miners.incrementAndGet()));
        call("anvil_reorg", depth, transactions);
    }

    public void placeCode(String address, String runtimeCode) {
        call("anvil_setCode", address, runtimeCode);
    }

    /** The receipt, waited for: just after sending it can still be null. */
    public JsonNode minedReceipt(String txHash) {
        return Awaitility.await("receipt of " + txHash)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> call("eth_getTransactionReceipt", txHash), receipt -> !receipt.isNull());
    }

    /** Any JSON-RPC method; an error fails the test. */
    public JsonNode call(String method, Object... params) {
        var body =
                JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(params)));
        var request = HttpRequest.newBuilder(rpc)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var response = JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
            if (response.has("error")) {
                throw new AssertionError(method + ": " + response.get("error"));
            }
            return response.get("result");
        } catch (IOException broken) {
            throw new UncheckedIOException(method + ": anvil does not answer", broken);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(method + ": interrupted", stop);
        }
    }

    static BigInteger quantity(JsonNode node) {
        return new BigInteger(node.stringValue().substring(2), 16);
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static URI address(Process process) {
        var found = new CompletableFuture<URI>();
        // Read to the end, or anvil would stop when the pipe is full.
        Thread.ofVirtual().start(() -> readLog(process, found));
        try {
            return found.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException problem) {
            process.destroyForcibly();
            throw new AssertionError("anvil did not start", problem);
        }
    }

    private static void readLog(Process process, CompletableFuture<URI> found) {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var listening = LISTENING.matcher(line);
                if (listening.find()) {
                    found.complete(URI.create("http://" + listening.group(1)));
                }
            }
            found.completeExceptionally(new AssertionError("anvil ended"));
        } catch (IOException ended) {
            found.completeExceptionally(ended);
        }
    }
}
