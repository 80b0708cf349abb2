package io.bursar.books.api;

import io.bursar.ledger.Hold;
import io.bursar.ledger.Transfer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is held, and what is left of it. */
@Schema(name = "Hold")
record HoldJson(
        @Schema(example = "trf_01m7yhb1m1ez7aj01hkws85skv") String id,

        String reference,
        int leg,
        String debit,
        String credit,

        @Schema(description = "As it was held, in minor units.")
        long amount,

        @Schema(description = "What was committed of it.") long committed,

        @Schema(description = "What still counts against floor and ceiling; 0 once it is settled or has lapsed.")
        long remaining,

        @Schema(example = "USD") String unit,
        @Schema(example = "2") int scale,

        @Schema(description = "When the rest lapses.", nullable = true) @Nullable
        Instant expiresAt,

        Instant postedAt,
        String memo) {

    static HoldJson of(Hold hold) {
        Transfer row = hold.pending();
        return new HoldJson(
                TransferJson.id(row.id()),
                row.reference().value(),
                row.leg(),
                row.debit().account().value(),
                row.credit().account().value(),
                row.amount(),
                hold.committed(),
                hold.remaining(),
                row.unit().code(),
                row.unit().scale(),
                row.expiresAt(),
                row.postedAt(),
                row.memo());
    }
}
