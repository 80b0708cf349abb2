package io.bursar.books.api;

import io.bursar.ledger.StatementLine;
import io.bursar.ledger.Transfer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;

/** A transfer as one of its accounts sees it. */
@Schema(name = "StatementLine")
record StatementLineJson(
        long sequence,
        @Schema(example = "trf_01m7yhb1m1ez7aj01hkws85skv") String transfer,
        String reference,
        @Schema(example = "move") String kind,
        String counterparty,
        @Schema(description = "In minor units.") long amount,
        @Schema(example = "USD") String unit,
        @Schema(example = "2") int scale,

        @Schema(description = "What it did to the posted balance; zero for a hold and a release.")
        long change,

        @Schema(description = "Posted, after the line.") long balance,
        LocalDate effectiveDate,
        Instant postedAt,
        String memo) {

    static StatementLineJson of(StatementLine line) {
        Transfer transfer = line.transfer();
        return new StatementLineJson(
                line.sequence(),
                TransferJson.id(transfer.id()),
                transfer.reference().value(),
                PostingJson.word(transfer.kind()),
                line.counterparty().value(),
                transfer.amount(),
                transfer.unit().code(),
                transfer.unit().scale(),
                line.change(),
                line.balance(),
                transfer.effectiveDate(),
                transfer.postedAt(),
                transfer.memo());
    }
}
