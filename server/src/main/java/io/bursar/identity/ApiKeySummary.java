package io.bursar.identity;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key without its secret. {@code scopes} is empty for a partner, whose keys open all that is the partner's. */
public record ApiKeySummary(
        UUID credentialId,
        String prefix,
        Set<Scope> scopes,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        @Nullable Previous previous) {

    /** The secret before the present one, while it still works. */
    public record Previous(
            String prefix, Instant until, @Nullable Instant lastUsedAt) {}
}
