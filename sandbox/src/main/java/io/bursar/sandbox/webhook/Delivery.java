package io.bursar.sandbox.webhook;

import java.time.Instant;

/** One attempt as it arrived. The id is the sender's and the same on every attempt; {@code attempt} counts them. */
public record Delivery(
        String id,
        String type,
        String path,
        int attempt,
        Instant receivedAt,
        Verdict verdict,
        int status,
        String body) {}
