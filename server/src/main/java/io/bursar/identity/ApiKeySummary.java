package io.bursar.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

public record ApiKeySummary(
        UUID credentialId,
        String prefix,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {}
