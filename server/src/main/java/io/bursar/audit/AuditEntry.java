package io.bursar.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of the audit log. {@code before} and {@code after} are JSON objects as text. */
public record AuditEntry(
        long sequence,
        Instant at,
        String actor,
        String action,
        String subject,
        String before,
        String after,
        @Nullable String reason,
        @Nullable String requestId) {}
