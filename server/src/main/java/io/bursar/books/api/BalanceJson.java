package io.bursar.books.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** The posted balance of an account at a moment, what was posted at that very moment included. */
@Schema(name = "LedgerBalance")
record BalanceJson(
        String path,
        @Schema(example = "USD") String unit,
        @Schema(example = "2") int scale,
        Instant at,
        @Schema(description = "In minor units.") long balance) {}
