package io.bursar.ledger.proof;

import static io.bursar.ledger.proof.TransferColumn.ACTOR;
import static io.bursar.ledger.proof.TransferColumn.ASKED_DATE;
import static io.bursar.ledger.proof.TransferColumn.CONTENT_HASH;
import static io.bursar.ledger.proof.TransferColumn.EFFECTIVE_DATE;
import static io.bursar.ledger.proof.TransferColumn.ID;
import static io.bursar.ledger.proof.TransferColumn.LEG;
import static io.bursar.ledger.proof.TransferColumn.LEGS;
import static io.bursar.ledger.proof.TransferColumn.MEMO;
import static io.bursar.ledger.proof.TransferColumn.PART;
import static io.bursar.ledger.proof.TransferColumn.POSTED_AT;
import static io.bursar.ledger.proof.TransferColumn.REFERENCE;

import org.jspecify.annotations.Nullable;

/**
 * Holds the rows of one posting against each other: they come side by side, because their ids follow each other. Every
 * leg is there, and all rows say the same of the posting.
 */
final class PostingCheck {
    private static final int[] COMMON = {
        REFERENCE, LEGS, CONTENT_HASH, POSTED_AT, EFFECTIVE_DATE, ASKED_DATE, MEMO, ACTOR
    };

    private final Findings findings;
    private final ContentCheck content;
    private final Row first = Layout.TRANSFER.row();
    private boolean open;
    private long lastLeg;
    private long lastPart;

    PostingCheck(Findings findings) {
        this.findings = findings;
        content = new ContentCheck(findings);
    }

    void next(Row row, @Nullable Chain debit, @Nullable Chain credit) {
        if (!open || !row.same(REFERENCE, first, REFERENCE)) {
            end();
            open = true;
            first.read(row.message());
            lastLeg = -1;
            lastPart = 0;
            content.start();
        }
        numbered(row);
        common(row);
        content.add(row, debit, credit);
    }

    private void numbered(Row row) {
        long leg = row.number(LEG);
        long part = row.number(PART);
        boolean nextPart = leg == lastLeg && part == lastPart + 1;
        boolean nextLeg = leg == lastLeg + 1 && part == 0;
        if (!nextPart && !nextLeg) {
            String expected = "after leg %d part %d".formatted(lastLeg, lastPart);
            found(row, "leg and part", expected, "leg %d part %d".formatted(leg, part));
        }
        lastLeg = leg;
        lastPart = part;
    }

    private void common(Row row) {
        if (row.number(PART) == 0 && row.number(LEG) == 0) {
            return;
        }
        for (int column : COMMON) {
            if (!row.same(column, first, column)) {
                String name = Layout.TRANSFER.columns().get(column).name();
                found(row, name, "that of " + first.id(ID), "another");
            }
        }
    }

    void end() {
        if (open) {
            if (lastLeg != first.number(LEGS) - 1) {
                found(first, "legs of " + first.text(REFERENCE), first.number(LEGS), lastLeg + 1);
            }
            content.end(first);
            open = false;
        }
    }

    private void found(Row row, String what, Object expected, Object found) {
        findings.add(Layout.TRANSFER.table(), row.id(ID), what, expected, found);
    }
}
