package io.bursar.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lot that something is left of.
 *
 * @param source what gave it, in the granter's words
 * @param expiresAt when what is free of it lapses; {@code null} is never
 * @param held how much of the balance holds have pinned
 */
public record OpenLot(
        AccountPath path, String source, @Nullable Instant expiresAt, long balance, long held) {}
