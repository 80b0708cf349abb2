package io.bursar.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code ledger.transfer} as posting writes it; {@code number} counts the rows of its posting. */
record TransferRow(
        Submission submission,
        int number,
        int leg,
        int part,
        Transfer.Kind kind,
        AccountState debit,
        AccountState credit,
        long amount,
        @Nullable Settlement settlement,
        @Nullable Instant expiresAt,
        Dating dating,
        Hash hash) {

    /** Which earlier row this one settles, as which of its settlements, and what is then left. */
    record Settlement(UUID settles, int ordinal, long remaining) {}

    /**
     * The row with its hash: over its own content and the last hash of both accounts, so that a row can only be
     * forged together with everything that came after it on either side.
     */
    TransferRow chained() {
        Hash chain = canonical().digest(debit.lastHash(), credit.lastHash());
        return new TransferRow(
                submission, number, leg, part, kind, debit, credit, amount, settlement, expiresAt, dating, chain);
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
                .number(debit.sums().posted())
                .number(credit.sequence())
                .number(credit.sums().posted())
                .instant(dating.postedAt())
                .number(dating.effectiveDate().toEpochDay())
                .dateOrNone(dating.askedDate())
                .number(leg)
                .number(part)
                .number(posting.legs().size())
                .text(kind.name())
                .text(posting.reference().value())
                .hash(submission.content());
        canonical
                .idOrNone(settlement == null ? null : settlement.settles())
                .numberOrNone(settlement == null ? null : settlement.ordinal())
                .numberOrNone(settlement == null ? null : settlement.remaining());
        return canonical.instantOrNone(expiresAt).text(posting.memo()).text(posting.actor());
    }

    UUID id() {
        return submission.rowId(number);
    }

    /** What later legs can settle of this row. */
    EarlierLeg.Part asPart() {
        return new EarlierLeg.Part(id(), debit.key(), credit.key(), amount, amount, 0);
    }

    Outcome.PostedLeg answer() {
        return new Outcome.PostedLeg(new TransferId(id()), leg, kind, amount, debit.after(), credit.after());
    }
}
