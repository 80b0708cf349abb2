package io.bursar.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

public record OperatorView(
        UUID id,
        String email,
        String name,
        Role role,
        Instant createdAt,
        @Nullable Instant disabledAt) {}
