package io.bursar.ledger.proof;

import static io.bursar.ledger.proof.TransferColumn.AMOUNT;
import static io.bursar.ledger.proof.TransferColumn.CREDIT_BALANCE;
import static io.bursar.ledger.proof.TransferColumn.DEBIT_BALANCE;
import static io.bursar.ledger.proof.TransferColumn.EXPIRES_AT;
import static io.bursar.ledger.proof.TransferColumn.HASH;
import static io.bursar.ledger.proof.TransferColumn.ID;
import static io.bursar.ledger.proof.TransferColumn.KIND;
import static io.bursar.ledger.proof.TransferColumn.POSTED_AT;
import static io.bursar.ledger.proof.TransferColumn.REMAINING;
import static io.bursar.ledger.proof.TransferColumn.SETTLES;
import static io.bursar.ledger.proof.TransferColumn.SETTLE_ORDINAL;

/**
 * Derives one transfer from what its two accounts were before it: hash, balances, and whether it was allowed. What is
 * found wrong is then taken as it stands, so that one wrong row is told once and not with everything after it.
 */
final class TransferCheck {
    private final Findings findings;
    private final PeriodCheck periods;
    private final ChainHash hasher = new ChainHash(Layout.TRANSFER);

    TransferCheck(Findings findings, PeriodCheck periods) {
        this.findings = findings;
        this.periods = periods;
    }

    /** Derives the transfer, which is the next one of both accounts, and moves them on. */
    void apply(Row row, Chain debit, Chain credit) {
        hash(row, debit, credit);
        Kind kind = Kind.of(row, KIND);
        if (kind == null) {
            found(row, "kind", "a kind of transfer", row.text(KIND));
        } else {
            form(row, kind);
            repay(row, kind, debit, credit);
            lapse(row, kind, debit, credit);
            amounts(row, kind, debit, credit);
            allowed(row, kind, debit, credit);
        }
        time(row, debit);
        time(row, credit);
        periods.date(row);
        long postedAt = row.number(POSTED_AT);
        debit.end(row, HASH, postedAt);
        credit.end(row, HASH, postedAt);
    }

    private void hash(Row row, Chain debit, Chain credit) {
        if (debit.hashKnown && credit.hashKnown) {
            byte[] hash = hasher.of(row, debit.hash, credit.hash);
            if (!hasher.fits(row, hash)) {
                found(row, "hash", Text.hex(hash), Text.hex(row.copy(HASH)));
            }
        }
    }

    private void form(Row row, Kind kind) {
        boolean settles = !row.isNull(SETTLES);
        if (settles != kind.settles() || settles == row.isNull(SETTLE_ORDINAL) || settles == row.isNull(REMAINING)) {
            String expected = kind.settles() ? "what it settles, as which, and what is left" : "none";
            found(row, "settles", expected, settles ? row.id(SETTLES) : "none");
        }
        if (!row.isNull(EXPIRES_AT) && kind != Kind.PEND) {
            found(row, "expires_at", "none", Text.instant(row.number(EXPIRES_AT)));
        }
    }

    private void amounts(Row row, Kind kind, Chain debit, Chain credit) {
        long amount = row.number(AMOUNT);
        if (amount <= 0) {
            found(row, "amount", "above 0", amount);
        }
        if (!debit.facts.unit().equals(credit.facts.unit())) {
            found(row, "credit_account", "an account in " + debit.facts.unit(), credit.facts.unit());
        }
        debit.change(kind.debtorPosted * amount, kind.debtorPending * amount, 0);
        credit.change(kind.creditorPosted * amount, 0, kind.creditorPending * amount);
        if (debit.posted != row.number(DEBIT_BALANCE)) {
            found(row, "debit_balance", debit.posted, row.number(DEBIT_BALANCE));
            debit.change(row.number(DEBIT_BALANCE) - debit.posted, 0, 0);
        }
        if (credit.posted != row.number(CREDIT_BALANCE)) {
            found(row, "credit_balance", credit.posted, row.number(CREDIT_BALANCE));
            credit.change(row.number(CREDIT_BALANCE) - credit.posted, 0, 0);
        }
        if (debit.pendingDebits < 0 || credit.pendingCredits < 0) {
            found(row, "amount", "no more than is pending", amount);
        }
    }

    private void allowed(Row row, Kind kind, Chain debit, Chain credit) {
        if (debit.available() < debit.facts.floor()) {
            found(row, "amount", "not below floor " + debit.facts.floor(), debit.available());
        }
        if (credit.expected() > credit.facts.ceiling()) {
            found(row, "amount", "not above ceiling " + credit.facts.ceiling(), credit.expected());
        }
        boolean frozen = debit.facts.debitsFrozen() || credit.facts.creditsFrozen();
        if (frozen && kind.isStoppedByFreeze()) {
            found(row, "kind", "nothing that a freeze stops", kind);
        }
        if (debit.facts.closed() || credit.facts.closed()) {
            found(row, "debit_account and credit_account", "open", "closed");
        }
        if (debit.facts.isOfLots() || credit.facts.isOfLots()) {
            found(row, "debit_account and credit_account", "lots", "an account of lots itself");
        }
    }

    /** Repays to the account that is owed, and no more than is. */
    private void repay(Row row, Kind kind, Chain debit, Chain credit) {
        if (kind == Kind.REPAY) {
            if (!debit.answerable().owesTo(credit.facts)) {
                found(row, "credit_account", "what the debited account owes", credit.id());
            }
            if (row.number(AMOUNT) > -credit.posted) {
                found(row, "amount", "at most " + -credit.posted + ", which is owed", row.number(AMOUNT));
            }
        }
    }

    private void lapse(Row row, Kind kind, Chain debit, Chain credit) {
        if (kind == Kind.LAPSE) {
            Facts lot = debit.facts;
            if (debit.parent == null || !debit.parent.facts.lapsesTo(credit.facts)) {
                found(row, "credit_account", "what the debited lot lapses to", credit.id());
            }
            if (lot.expiresAt() > row.number(POSTED_AT)) {
                found(row, "posted_at", "when the lot has expired", Text.instant(row.number(POSTED_AT)));
            }
        }
    }

    private void time(Row row, Chain chain) {
        if (row.number(POSTED_AT) < chain.lastAt) {
            String expected = "not before " + Text.instant(chain.lastAt);
            found(row, "posted_at", expected, Text.instant(row.number(POSTED_AT)));
        }
    }

    private void found(Row row, String what, Object expected, Object found) {
        findings.add(Layout.TRANSFER.table(), row.id(ID), what, expected, found);
    }
}
