package io.bursar.books.api;

import io.bursar.books.api.PostingJson.SideJson;
import io.bursar.books.web.BookText;
import io.bursar.ledger.Transfer;
import io.bursar.ledger.TransferId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One row of history. */
@Schema(name = "LedgerTransfer")
record TransferJson(
        @Schema(example = "trf_01m7yhb1m1ez7aj01hkws85skv") String id,
        String reference,
        int leg,
        @Schema(example = "move") String kind,
        @Schema(description = "In minor units.") long amount,
        @Schema(example = "USD") String unit,
        @Schema(example = "2") int scale,
        SideJson debit,
        SideJson credit,

        @Schema(description = "The transfer it commits, releases or reverses.", nullable = true) @Nullable
        String settles,

        LocalDate effectiveDate,

        @Schema(description = "When a pending one lapses.", nullable = true) @Nullable
        Instant expiresAt,

        Instant postedAt,
        String memo) {

    static TransferJson of(Transfer transfer) {
        TransferId settles = transfer.settles();
        return new TransferJson(
                id(transfer.id()),
                transfer.reference().value(),
                transfer.leg(),
                PostingJson.word(transfer.kind()),
                transfer.amount(),
                transfer.unit().code(),
                transfer.unit().scale(),
                SideJson.of(transfer.debit()),
                SideJson.of(transfer.credit()),
                settles == null ? null : id(settles),
                transfer.effectiveDate(),
                transfer.expiresAt(),
                transfer.postedAt(),
                transfer.memo());
    }

    static String id(TransferId id) {
        return BookText.of(id);
    }
}
