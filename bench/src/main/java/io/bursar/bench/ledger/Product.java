package io.bursar.bench.ledger;

import io.bursar.Bursar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** The product as {@code serve} starts it, on an embedded database of its own that is gone again afterwards. */
final class Product implements AutoCloseable {
    private static final int KEY_BYTES = 32;

    private final Path home;
    private final ConfigurableApplicationContext context;

    private Product(Path home, ConfigurableApplicationContext context) {
        this.home = home;
        this.context = context;
    }

    /** @param settings beside those that every start needs */
    static Product start(@Nullable Path parent, Map<String, String> settings) {
        // Standard output is for figures.
        System.setProperty("logging.level.root", "OFF");
        Path home = newHome(parent);
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Map<String, String> all = new HashMap<>(Map.of(
                "PORT", "0",
                "BURSAR_HOME", home.toString(),
                "ENCRYPTION_KEY", Base64.getEncoder().encodeToString(key)));
        all.putAll(settings);
        return new Product(home, Bursar.start(all, Clock.systemUTC()));
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Override
    public void close() {
        context.close();
        try (Stream<Path> paths = Files.walk(home)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path newHome(@Nullable Path parent) {
        try {
            return parent == null
                    ? Files.createTempDirectory("bursar-bench")
                    : Files.createTempDirectory(Files.createDirectories(parent), "bursar-bench");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
