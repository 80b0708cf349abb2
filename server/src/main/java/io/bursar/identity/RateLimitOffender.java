package io.bursar.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A client that was refused for asking too often.
 *
 * @param client a keyed digest in hex: the same client has the same one, and it leads back to nobody
 * @param keyPrefix of the API key it called with, if it had one
 * @param refused how often, at least
 */
public record RateLimitOffender(
        String routeClass,
        String client,
        @Nullable String keyPrefix,
        int perMinute,
        long refused,
        int minutes,
        Instant lastMinute) {}
