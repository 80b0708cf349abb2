package io.bursar.sandbox;

import static io.bursar.sandbox.Stage.patience;

import io.bursar.sandbox.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** {@code bursar demo} as a process of its own, started as the launcher starts it and stopped by what Ctrl-C sends. */
final class DemoProcess implements AutoCloseable {
    private static final long STOP_SECONDS_MAX = 30;

    private final Path home;
    private final Path output;
    private final Process process;

    private DemoProcess(Path home, Path output, Process process) {
        this.home = home;
        this.output = output;
        this.process = process;
    }

    static DemoProcess start(Path home, String... options) {
        try {
            var output = Files.createTempFile(home.getParent(), "demo", ".out");
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseParallelGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.bursar.sandbox.Demo",
                    "--port",
                    "0",
                    "--home",
                    home.toString()));
            command.addAll(List.of(options));
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new DemoProcess(home, output, process);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Waits for the line that scripts wait for; answers the address in it. */
    String ready() {
        patience("the demo to be ready: " + output).until(() -> !process.isAlive() || said().contains("ready http"));
        return said().lines()
                .filter(line -> line.startsWith("ready "))
                .map(line -> line.substring("ready ".length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the demo ended: " + said()));
    }

    int exitCode() {
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new AssertionError("the demo still runs: " + said());
            }
            return process.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    String said() {
        try {
            return Files.readString(output);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path file() {
        return home.resolve("demo.json");
    }

    JsonNode contract() {
        try {
            return Json.parse(Files.readString(file()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** As Ctrl-C does: with the hooks that stop the database. */
    void stop() {
        process.destroy();
        exitCode();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }
}
