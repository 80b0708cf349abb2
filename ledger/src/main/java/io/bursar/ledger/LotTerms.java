package io.bursar.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Where a lot comes from, in the caller's words, and when it expires; {@code null} is never. */
public record LotTerms(String source, @Nullable Instant expiresAt) {
    public static final int SOURCE_LENGTH_MAX = 300;

    public LotTerms {
        Check.argument(!source.isBlank(), "lot source", "blank", "what gave the lot");
        Check.argument(
                source.length() <= SOURCE_LENGTH_MAX, "lot source length", source.length(), "<= " + SOURCE_LENGTH_MAX);
        expiresAt = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS);
    }
}
