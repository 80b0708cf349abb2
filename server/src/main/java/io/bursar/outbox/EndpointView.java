package io.bursar.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An endpoint as shown; {@code secretFingerprint} tells secrets apart without telling them. */
public record EndpointView(
        UUID id,
        String url,
        String secretFingerprint,
        Instant createdAt,
        @Nullable Instant disabledAt) {}
