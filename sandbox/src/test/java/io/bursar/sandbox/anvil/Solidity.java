package io.bursar.sandbox.anvil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Our contracts, compiled once a JVM by npm's solc. */
enum Solidity {
    TEST_USDC("TestUsdc"),
    BATCH("Batch");

    private static final int COMPILE_SECONDS_MAX = 120;

    private final String contract;

    Solidity(String contract) {
        this.contract = contract;
    }

    /** To be deployed by a transaction. */
    String creationCode() {
        return code("creation");
    }

    /** To be put at an address by anvil_setCode. */
    String runtimeCode() {
        return code("runtime");
    }

    private String code(String kind) {
        return Compiled.CONTRACTS.get(contract).get(kind).stringValue();
    }

    private static final class Compiled {
        static final JsonNode CONTRACTS = compile();

        private static JsonNode compile() {
            var command = new ArrayList<>(List.of("node", ChainTools.compiler().toString()));
            Stream.of(Solidity.values())
                    .map(source -> ChainTools.solidity(source.contract + ".sol"))
                    .map(Path::toString)
                    .forEach(command::add);
            try {
                var compiler = new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                var output = compiler.getInputStream().readAllBytes();
                if (!compiler.waitFor(COMPILE_SECONDS_MAX, TimeUnit.SECONDS) || compiler.exitValue() != 0) {
                    throw new AssertionError("solc failed: " + command);
                }
                return JsonMapper.shared().readTree(new String(output, StandardCharsets.UTF_8));
            } catch (IOException noNode) {
                throw new UncheckedIOException("cannot run node (install Node.js 20 or newer)", noNode);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while compiling", stop);
            }
        }
    }
}
