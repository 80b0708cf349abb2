package io.bursar.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client that an operator turned away for a time.
 *
 * @param client the keyed digest it is counted under, in hex
 * @param keyPrefix of the API key it calls with, if it has one
 */
public record Refusal(
        UUID id, String client, @Nullable String keyPrefix, UUID refusedBy, Instant refusedAt, Instant until) {}
