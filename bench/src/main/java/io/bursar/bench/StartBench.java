package io.bursar.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * P-10 and P-12: starts {@code bursar serve} several times over one initialised home, the launcher included, and
 * measures from the start of the process to the first healthy answer, then what the idle JVM holds in memory.
 */
@Command(name = "start", description = "Time to ready and idle memory of the server.", mixinStandardHelpOptions = true)
final class StartBench implements Callable<Integer> {
    private static final Duration READY_MAX = Duration.ofMinutes(2);
    private static final Duration STOP_MAX = Duration.ofSeconds(40);
    private static final double READY_SECONDS_LIMIT = 6;
    private static final double MEMORY_MEGABYTES_LIMIT = 450;

    @Option(names = "--rounds", description = "Counted starts, after one that initialises the database. Default: 5")
    private int rounds = 5;

    @Option(names = "--idle", description = "Seconds of idling before memory is read. Default: 10")
    private int idleSeconds = 10;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    private record Round(double readySeconds, double memoryMegabytes) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        String launcher = System.getenv().getOrDefault("BURSAR_LAUNCHER", "./bursar");
        Path home = Files.createTempDirectory("bursar-bench");
        try {
            String key = key();
            round(launcher, home, key, 0);
            List<Round> measured = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                measured.add(round(launcher, home, key, idleSeconds));
            }
            report(measured);
            return 0;
        } finally {
            delete(home);
        }
    }

    private static Round round(String launcher, Path home, String key, int idleSeconds)
            throws IOException, InterruptedException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(launcher, "serve");
        builder.environment().put("BURSAR_HOME", home.toString());
        builder.environment().put("ENCRYPTION_KEY", key);
        builder.environment().put("PORT", Integer.toString(port));
        builder.redirectErrorStream(true)
                .redirectOutput(home.resolve("bench.log").toFile());
        long begin = System.nanoTime();
        Process server = builder.start();
        try {
            awaitReady(server, port, home);
            double seconds = (System.nanoTime() - begin) / 1e9;
            TimeUnit.SECONDS.sleep(idleSeconds);
            return new Round(seconds, residentMegabytes(server.pid()));
        } finally {
            server.destroy();
            if (!server.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        }
    }

    private static void awaitReady(Process server, int port, Path home) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_MAX.toNanos();
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/health"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!healthy(http, health)) {
                if (!server.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException(
                            "the server did not become ready:\n" + Files.readString(home.resolve("bench.log")));
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    private static boolean healthy(HttpClient http, HttpRequest health) throws InterruptedException {
        try {
            return http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The launcher execs the JVM, so the process started is the JVM itself. */
    private static double residentMegabytes(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    private void report(List<Round> measured) {
        double[] ready =
                measured.stream().mapToDouble(Round::readySeconds).sorted().toArray();
        double[] memory =
                measured.stream().mapToDouble(Round::memoryMegabytes).sorted().toArray();
        if (json) {
            System.out.printf(
                    "{\"rounds\":%d,\"readySeconds\":{\"min\":%.2f,\"median\":%.2f,\"max\":%.2f,\"limit\":%.0f},"
                            + "\"idleMegabytes\":{\"min\":%.0f,\"median\":%.0f,\"max\":%.0f,\"limit\":%.0f}}%n",
                    measured.size(),
                    ready[0],
                    median(ready),
                    ready[ready.length - 1],
                    READY_SECONDS_LIMIT,
                    memory[0],
                    median(memory),
                    memory[memory.length - 1],
                    MEMORY_MEGABYTES_LIMIT);
            return;
        }
        System.out.printf(
                "%-38s %8s %8s %8s %8s%n", "over " + measured.size() + " starts", "min", "median", "max", "limit");
        row("P-10 serve ready, seconds", ready, READY_SECONDS_LIMIT);
        row("P-12 idle server JVM, resident MB", memory, MEMORY_MEGABYTES_LIMIT);
    }

    private static void row(String what, double[] sorted, double limit) {
        System.out.printf(
                "%-38s %8.2f %8.2f %8.2f %8.2f%n", what, sorted[0], median(sorted), sorted[sorted.length - 1], limit);
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static String key() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path home) throws IOException {
        try (var paths = Files.walk(home)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
