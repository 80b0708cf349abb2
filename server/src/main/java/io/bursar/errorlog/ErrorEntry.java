package io.bursar.errorlog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

public record ErrorEntry(
        long sequence,
        Instant at,
        String code,
        String message,
        @Nullable String subject,
        @Nullable String requestId) {}
