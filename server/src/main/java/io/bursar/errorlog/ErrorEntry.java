package io.bursar.errorlog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One error.
 *
 * @param fingerprint of its {@link ErrorKind}; null on lines from before there were kinds
 * @param route method and pattern of the request it happened in, {@code GET /pay/{id}}; null in jobs
 */
public record ErrorEntry(
        long sequence,
        Instant at,
        String code,
        String message,
        @Nullable String subject,
        @Nullable String requestId,
        @Nullable String fingerprint,
        @Nullable String route) {}
