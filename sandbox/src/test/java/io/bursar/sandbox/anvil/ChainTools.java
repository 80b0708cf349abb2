package io.bursar.sandbox.anvil;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where npm put the node and the compiler. A missing tool fails the test with the command that installs it. */
final class ChainTools {

    private static final String INSTALL = "npm ci --prefix sandbox/npm";

    private ChainTools() {}

    static Path anvil() {
        var binary =
                directory().resolve("node_modules/@foundry-rs/anvil-" + system() + "-" + architecture() + "/bin/anvil");
        return require(binary, "anvil");
    }

    static Path compiler() {
        require(directory().resolve("node_modules/solc/package.json"), "solc");
        return directory().resolve("compile.mjs");
    }

    static Path solidity(String file) {
        return module().resolve("src/test/solidity").resolve(file);
    }

    private static Path directory() {
        return module().resolve("npm");
    }

    /** Maven runs tests in the module's directory, an IDE often in the project's. */
    private static Path module() {
        var here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("npm/package.json")) ? here : here.resolve("sandbox");
    }

    private static Path require(Path file, String tool) {
        if (!Files.exists(file)) {
            throw new AssertionError("%s is not installed (expected: %s). Run: %s".formatted(tool, file, INSTALL));
        }
        return file;
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }
}
