package io.bursar.ledger.proof;

import static io.bursar.ledger.proof.TransferColumn.AMOUNT;
import static io.bursar.ledger.proof.TransferColumn.ASKED_DATE;
import static io.bursar.ledger.proof.TransferColumn.CONTENT_HASH;
import static io.bursar.ledger.proof.TransferColumn.EFFECTIVE_DATE;
import static io.bursar.ledger.proof.TransferColumn.EXPIRES_AT;
import static io.bursar.ledger.proof.TransferColumn.ID;
import static io.bursar.ledger.proof.TransferColumn.KIND;
import static io.bursar.ledger.proof.TransferColumn.LEGS;
import static io.bursar.ledger.proof.TransferColumn.PART;

import org.jspecify.annotations.Nullable;

/**
 * Derives what was asked for from what was posted, where that can be done: when every leg moves or reserves between
 * accounts without lots. What is settled, forced or taken from lots can be asked for in more than one way.
 */
final class ContentCheck {
    private final Findings findings;
    private final Bytes legs = new Bytes();
    private final Bytes whole = new Bytes();
    private final byte[] title = new Bytes().text("bursar posting 1").copy();
    private final byte[] move = new Bytes().text("move").copy();
    private final byte[] pend = new Bytes().text("pend").copy();
    private boolean derivable;

    ContentCheck(Findings findings) {
        this.findings = findings;
    }

    void start() {
        legs.clear();
        derivable = true;
    }

    void add(Row row, @Nullable Chain debit, @Nullable Chain credit) {
        if (row.number(PART) > 0 || !derivable) {
            derivable &= Kind.of(row, KIND) == Kind.REPAY;
            return;
        }
        Kind kind = Kind.of(row, KIND);
        derivable = (kind == Kind.MOVE || kind == Kind.PEND) && isPlain(debit) && isPlain(credit);
        if (derivable && debit != null && credit != null) {
            legs.raw(kind == Kind.MOVE ? move : pend);
            path(debit);
            path(credit);
            legs.number(row.number(AMOUNT)).raw(debit.facts.unitBytes());
            if (kind == Kind.PEND) {
                legs.optional(row, EXPIRES_AT, Layout.Type.INSTANT);
            }
        }
    }

    private void path(Chain account) {
        byte[] path = account.facts.path();
        legs.text(path, 0, path.length);
    }

    private static boolean isPlain(@Nullable Chain account) {
        return account != null && account.parent == null && account.isOpened();
    }

    /** The date may have been asked for or not; it is part of the content only when it was. */
    void end(Row row) {
        if (!derivable) {
            return;
        }
        boolean fits = row.isNull(ASKED_DATE) ? holds(row, -1) || holds(row, EFFECTIVE_DATE) : holds(row, ASKED_DATE);
        if (!fits) {
            findings.add(
                    Layout.TRANSFER.table(),
                    row.id(ID),
                    "content_hash",
                    "that of its legs",
                    Text.hex(row.copy(CONTENT_HASH)));
        }
    }

    private boolean holds(Row row, int date) {
        whole.clear().raw(title).flag(date >= 0);
        if (date >= 0) {
            whole.date(row.number(date));
        }
        return row.holds(CONTENT_HASH, whole.number(row.number(LEGS)).raw(legs).hash());
    }
}
