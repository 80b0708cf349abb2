package io.bursar.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code ledger.transfer} as posting writes it. */
record TransferRow(
        Submission submission,
        int leg,
        Transfer.Kind kind,
        AccountState debit,
        AccountState credit,
        long amount,
        @Nullable Settlement settlement,
        LocalDate effectiveDate,
        Instant postedAt,
        Hash hash) {

    /** Which pending leg the row settles, as which of its settlements, and what is then left. */
    record Settlement(UUID pending, int ordinal, long remaining) {}

    /**
     * The row with its hash: over its own content and the last hash of both accounts, so that a row can only be
     * forged together with everything that came after it on either side.
     */
    TransferRow chained() {
        Hash chain = Hash.of(canonical().bytes(), debit.lastHash(), credit.lastHash());
        return new TransferRow(
                submission, leg, kind, debit, credit, amount, settlement, effectiveDate, postedAt, chain);
    }

    private Canonical canonical() {
        Posting posting = submission.posting();
        Canonical canonical = new Canonical("bursar transfer 1")
                .id(posting.book().value())
                .id(id())
                .id(debit.id())
                .id(credit.id())
                .number(amount)
                .number(debit.sequence())
                .number(debit.posted())
                .number(credit.sequence())
                .number(credit.posted())
                .instant(postedAt)
                .dateOrNone(effectiveDate)
                .number(leg)
                .number(posting.legs().size())
                .text(kind.name())
                .text(posting.reference().value())
                .hash(submission.content());
        canonical
                .idOrNone(settlement == null ? null : settlement.pending())
                .numberOrNone(settlement == null ? null : settlement.ordinal())
                .numberOrNone(settlement == null ? null : settlement.remaining());
        return canonical.flag(false).text(posting.memo()).text(posting.actor());
    }

    UUID id() {
        return submission.ids().get(leg);
    }

    Outcome.PostedLeg answer() {
        return new Outcome.PostedLeg(new TransferId(id()), amount, debit.after(), credit.after());
    }
}
