package io.bursar.mail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A mail as operators see it: never its body. {@code state} is queued, sent or failed. */
public record MailView(
        UUID id,
        String kind,
        String recipient,
        String subject,
        String state,
        int attempts,
        Instant queuedAt,
        Instant nextTryAt,
        @Nullable Instant finishedAt,
        @Nullable String lastError) {}
