package io.bursar;

import static org.awaitility.Awaitility.await;

import io.bursar.platform.Database;
import io.bursar.platform.DatabaseLogins;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code serve} in a process of its own: another node on the database of a {@link TestBursar}. */
public final class ServingProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Duration START_MAX = Duration.ofMinutes(2);

    private final Process process;
    private final Path log;
    private final int port;

    private ServingProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        await().atMost(START_MAX).until(() -> !process.isAlive() || port(log()) > 0);
        this.port = port(log());
        if (port == 0) {
            throw new AssertionError("the process did not start:\n" + log());
        }
    }

    public static ServingProcess beside(TestBursar bursar) throws IOException {
        DatabaseLogins logins = bursar.bean(Database.class).logins();
        Path log = Files.createTempFile("serving", ".log");
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.bursar.cli.Main",
                "serve");
        java.environment().clear();
        java.environment()
                .putAll(Map.of(
                        "PORT", "0",
                        "BURSAR_MODE", "development",
                        "ENCRYPTION_KEY", Base64.getEncoder().encodeToString(new byte[32]),
                        "DATABASE_URL", logins.app().psqlUrl(),
                        "MIGRATION_DATABASE_URL", logins.owner().psqlUrl()));
        return new ServingProcess(
                java.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    }

    public Process process() {
        return process;
    }

    public int port() {
        return port;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    public String log() {
        return Repository.text(log);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(log);
    }

    private static int port(String log) {
        Matcher started = PORT.matcher(log);
        return started.find() ? Integer.parseInt(Objects.requireNonNull(started.group(1))) : 0;
    }
}
