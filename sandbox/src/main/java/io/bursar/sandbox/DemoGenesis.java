package io.bursar.sandbox;

import io.bursar.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** A demo's data speak of one chain, known by its first block; against another they would be lies. */
final class DemoGenesis {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String QUESTION = """
            {"jsonrpc":"2.0","id":1,"method":"eth_getBlockByNumber","params":["0x0",false]}
            """;

    private DemoGenesis() {}

    /** A node that cannot be reached yet is compared at the next start. */
    static DemoFile checked(DemoFile file, String evmRpcUrl) {
        var found = of(evmRpcUrl);
        if (found.isPresent() && !file.genesis().isEmpty() && !found.get().equals(file.genesis())) {
            throw new IllegalStateException("the demo's data were made on another chain (genesis %s, expected: %s): "
                            .formatted(found.get(), file.genesis())
                    + "start with --fresh, or choose another --home");
        }
        return found.map(file::onChain).orElse(file);
    }

    private static Optional<String> of(String evmRpcUrl) {
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request = HttpRequest.newBuilder(URI.create(evmRpcUrl))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            var hash = Json.parse(answer.body()).path("result").path("hash").asString("");
            return hash.isEmpty() ? Optional.empty() : Optional.of(hash);
        } catch (IOException | JacksonException unreachable) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
