package io.bursar.identity;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * API keys as this node last saw them, for a second, so that a busy key is not looked up at every call. What changes a
 * key here is known here at once, and on other nodes within that second. Keys nobody has are not remembered.
 */
final class KnownKeys {
    static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final int KEYS_MAX = 10_000;

    private final Map<ByteBuffer, Known> known = new ConcurrentHashMap<>();

    private record Known(ApiKeyStore.Found key, long askedNanos) {
        boolean isFresh() {
            return System.nanoTime() - askedNanos < REMEMBERED.toNanos();
        }
    }

    Optional<ApiKeyStore.Found> find(byte[] digest, Supplier<Optional<ApiKeyStore.Found>> asked) {
        ByteBuffer name = ByteBuffer.wrap(digest);
        Known remembered = known.get(name);
        if (remembered != null && remembered.isFresh()) {
            return Optional.of(remembered.key());
        }
        long now = System.nanoTime();
        Optional<ApiKeyStore.Found> found = asked.get();
        if (known.size() >= KEYS_MAX) {
            known.clear();
        }
        found.ifPresentOrElse(key -> known.put(name, new Known(key, now)), () -> known.remove(name));
        return found;
    }

    /** Once the change that is under way is committed. */
    void forgetAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                known.clear();
            }
        });
    }
}
