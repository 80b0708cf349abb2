package io.bursar.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server that outlived the JVM which started it. Its clients are gone, so it is asked to stop. */
final class LeftoverServer {
    private static final Logger LOG = LoggerFactory.getLogger(LeftoverServer.class);
    private static final Duration STOP_MAX = Duration.ofSeconds(20);

    private LeftoverServer() {}

    /** The caller holds the lock of BURSAR_HOME, so that no living Bursar uses the server that is ended here. */
    static void end(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        Optional<ProcessHandle> server = lines.isEmpty() ? Optional.empty() : postgres(lines.getFirst());
        if (server.isEmpty()) {
            Files.deleteIfExists(pidFile);
            return;
        }
        LOG.info("Stopping the database server that an earlier run left behind.");
        server.get().destroy();
        if (!ended(server.get())) {
            server.get().destroyForcibly();
            ended(server.get());
        }
    }

    /** The pid may have been given to another program since: only a process that is PostgreSQL counts. */
    private static Optional<ProcessHandle> postgres(String pid) {
        try {
            return ProcessHandle.of(Long.parseLong(pid.strip()))
                    .filter(process -> process.info()
                            .command()
                            .map(command -> command.endsWith("postgres"))
                            .orElse(false));
        } catch (NumberFormatException torn) {
            return Optional.empty();
        }
    }

    private static boolean ended(ProcessHandle process) throws IOException {
        try {
            process.onExit().get(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException still) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the earlier database server stopped", interrupted);
        } catch (ExecutionException failed) {
            throw new IOException(failed);
        }
    }
}
