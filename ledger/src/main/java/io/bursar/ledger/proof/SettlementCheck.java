package io.bursar.ledger.proof;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds every row that settles an earlier one against that one and against the settlement before it: what is left falls
 * to exactly what it says, by the right accounts, later than the original and in time.
 */
final class SettlementCheck {
    /** A settlement's columns; an original's come after them, in the same order and with the same names. */
    static final List<String> SETTLEMENT = List.of(
            "settles",
            "settle_ordinal",
            "remaining",
            "id",
            "kind",
            "amount",
            "posted_at",
            "debit_account",
            "credit_account",
            "debit_sequence",
            "credit_sequence");

    static final List<String> ORIGINAL = List.of(
            "id",
            "kind",
            "amount",
            "expires_at",
            "debit_account",
            "credit_account",
            "debit_sequence",
            "credit_sequence");

    private static final int SETTLES = SETTLEMENT.indexOf("settles");
    private static final int ORDINAL = SETTLEMENT.indexOf("settle_ordinal");
    private static final int REMAINING = SETTLEMENT.indexOf("remaining");
    private static final int ID = SETTLEMENT.indexOf("id");
    private static final int KIND = SETTLEMENT.indexOf("kind");
    private static final int AMOUNT = SETTLEMENT.indexOf("amount");
    private static final int POSTED_AT = SETTLEMENT.indexOf("posted_at");
    private static final int DEBIT = SETTLEMENT.indexOf("debit_account");
    private static final int CREDIT = SETTLEMENT.indexOf("credit_account");
    private static final int DEBIT_SEQUENCE = SETTLEMENT.indexOf("debit_sequence");
    private static final int CREDIT_SEQUENCE = SETTLEMENT.indexOf("credit_sequence");
    private static final int OF_ID = original("id");
    private static final int OF_KIND = original("kind");
    private static final int OF_AMOUNT = original("amount");
    private static final int OF_EXPIRES_AT = original("expires_at");
    private static final int OF_DEBIT = original("debit_account");
    private static final int OF_CREDIT = original("credit_account");
    private static final int OF_DEBIT_SEQUENCE = original("debit_sequence");
    private static final int OF_CREDIT_SEQUENCE = original("credit_sequence");

    private final Chains chains;
    private final Findings findings;
    private final Row row = new Row(SETTLEMENT.size() + ORIGINAL.size());
    private final Row before = new Row(SETTLEMENT.size() + ORIGINAL.size());
    private boolean hasBefore;

    SettlementCheck(Chains chains, Findings findings) {
        this.chains = chains;
        this.findings = findings;
    }

    private static int original(String column) {
        return SETTLEMENT.size() + ORIGINAL.indexOf(column);
    }

    /** Takes the settlements by what they settle and their ordinal. */
    void next(byte[] message) {
        if (!row.read(message)) {
            return;
        }
        Kind kind = Kind.of(row, KIND);
        if (row.isNull(OF_ID)) {
            found("settles", "an earlier transfer", row.id(SETTLES));
        } else if (kind != null) {
            left();
            kinds(kind, Kind.of(row, OF_KIND));
            if (kind.settlesHold()) {
                hold(kind);
            } else {
                reversal();
            }
        }
        before.read(message);
        hasBefore = true;
    }

    private void left() {
        boolean isFirst = !hasBefore || !row.same(SETTLES, before, SETTLES);
        long ordinal = isFirst ? 1 : before.number(ORDINAL) + 1;
        long remaining = (isFirst ? row.number(OF_AMOUNT) : before.number(REMAINING)) - row.number(AMOUNT);
        if (row.number(ORDINAL) != ordinal) {
            found("settle_ordinal", ordinal, row.number(ORDINAL));
        }
        if (row.number(REMAINING) != remaining || remaining < 0) {
            found("remaining", Math.max(remaining, 0), row.number(REMAINING));
        }
        if (!isFirst
                && row.number(CREDIT_SEQUENCE) <= before.number(CREDIT_SEQUENCE)
                && row.same(CREDIT, before, CREDIT)) {
            found("credit_sequence", "after settlement " + (ordinal - 1), row.number(CREDIT_SEQUENCE));
        }
    }

    private void kinds(Kind kind, @Nullable Kind original) {
        boolean fits = original != null && (kind.settlesHold() ? original == Kind.PEND : original.isReversible());
        if (!fits) {
            found("kind", "what settles a " + row.text(OF_KIND), kind);
        }
    }

    private void hold(Kind kind) {
        if (!row.same(DEBIT, row, OF_DEBIT) || !row.same(CREDIT, row, OF_CREDIT)) {
            found("settles", "a hold of the same accounts", row.id(SETTLES));
        }
        if (row.number(DEBIT_SEQUENCE) <= row.number(OF_DEBIT_SEQUENCE)
                || row.number(CREDIT_SEQUENCE) <= row.number(OF_CREDIT_SEQUENCE)) {
            found("settles", "an earlier transfer", row.id(SETTLES));
        }
        boolean expired = !row.isNull(OF_EXPIRES_AT) && row.number(OF_EXPIRES_AT) <= row.number(POSTED_AT);
        if (kind == Kind.COMMIT && expired) {
            found("posted_at", "before the hold expires", Text.instant(row.number(POSTED_AT)));
        }
        if (kind == Kind.EXPIRE && (!expired || row.number(REMAINING) != 0)) {
            found("kind", "all that is left of an expired hold", kind);
        }
    }

    /** Goes back the way it came; what the receiver no longer has comes from what it owes with. */
    private void reversal() {
        Chain payer = chains.find(row, DEBIT);
        Chain receiver = chains.find(row, OF_CREDIT);
        boolean fromOwed =
                payer != null && receiver != null && receiver.answerable().owesTo(payer.facts);
        if (!row.same(CREDIT, row, OF_DEBIT) || !(row.same(DEBIT, row, OF_CREDIT) || fromOwed)) {
            found("settles", "a transfer the other way", row.id(SETTLES));
        }
        if (row.number(CREDIT_SEQUENCE) <= row.number(OF_DEBIT_SEQUENCE)) {
            found("settles", "an earlier transfer", row.id(SETTLES));
        }
    }

    private void found(String what, Object expected, Object found) {
        findings.add(Layout.TRANSFER.table(), row.id(ID), what, expected, found);
    }
}
