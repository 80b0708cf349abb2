package io.bursar.ledger.proof;

import static io.bursar.ledger.proof.ProofStore.PERIOD_CLOSED_THROUGH;
import static io.bursar.ledger.proof.ProofStore.PERIOD_LAST_HASH;
import static io.bursar.ledger.proof.ProofStore.PERIOD_ORDINAL;
import static io.bursar.ledger.proof.TransferColumn.ASKED_DATE;
import static io.bursar.ledger.proof.TransferColumn.EFFECTIVE_DATE;
import static io.bursar.ledger.proof.TransferColumn.ID;
import static io.bursar.ledger.proof.TransferColumn.POSTED_AT;

import java.util.ArrayList;
import java.util.List;

/**
 * Follows the closings of a book, and holds the dates of transfers against them. Posting and closing may read the
 * clocks of different machines, so a transfer counts as posted after a closing when it is by more than those may be
 * apart.
 */
final class PeriodCheck {
    private static final Layout LAYOUT = Layout.PERIOD_CLOSE;
    private static final int ORDINAL = LAYOUT.index("ordinal");
    private static final int CLOSED_THROUGH = LAYOUT.index("closed_through");
    private static final int AT = LAYOUT.index("at");
    private static final long CLOCKS_APART_MICROS_MAX = 60_000_000L;
    private static final long DAY_MICROS = 86_400_000_000L;

    private final Findings findings;
    private final ChainHash hasher = new ChainHash(LAYOUT);
    private final Row row = LAYOUT.row();
    private final List<Closing> closings = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // bytes as they came; nobody compares these
    record Closing(long through, long at, byte[] hash) {}

    PeriodCheck(Findings findings) {
        this.findings = findings;
    }

    /** Takes the closings of the book in their order. */
    void load(byte[] message) {
        if (!row.read(message)) {
            return;
        }
        byte[] lastHash = closings.isEmpty()
                ? new byte[Bytes.HASH_BYTES]
                : closings.getLast().hash();
        byte[] hash = hasher.of(row, lastHash);
        if (row.number(ORDINAL) != closings.size() + 1) {
            found("ordinal", closings.size() + 1, row.number(ORDINAL));
        }
        if (!hasher.fits(row, hash)) {
            found("hash", Text.hex(hash), Text.hex(row.copy(LAYOUT.hash())));
        }
        if (!closings.isEmpty()
                && row.number(CLOSED_THROUGH) <= closings.getLast().through()) {
            Object before = Text.date(closings.getLast().through());
            found("closed_through", "after " + before, Text.date(row.number(CLOSED_THROUGH)));
        }
        closings.add(new Closing(row.number(CLOSED_THROUGH), row.number(AT), row.copy(LAYOUT.hash())));
    }

    private void found(String what, Object expected, Object found) {
        findings.add(LAYOUT.table(), row.number(ORDINAL), what, expected, found);
    }

    /** Holds what the period says of itself against its closings. */
    void period(Row period) {
        Closing last = closings.isEmpty() ? null : closings.getLast();
        String through = last == null ? "never" : Text.date(last.through()).toString();
        String says = period.isNull(PERIOD_CLOSED_THROUGH)
                ? "never"
                : Text.date(period.number(PERIOD_CLOSED_THROUGH)).toString();
        String table = "ledger.period";
        if (!says.equals(through)) {
            findings.add(table, "of the book", "closed_through", through, says);
        }
        if (period.number(PERIOD_ORDINAL) != closings.size()) {
            findings.add(table, "of the book", "ordinal", closings.size(), period.number(PERIOD_ORDINAL));
        }
        byte[] end = last == null ? new byte[Bytes.HASH_BYTES] : last.hash();
        if (!period.holds(PERIOD_LAST_HASH, end)) {
            findings.add(table, "of the book", "last_hash", Text.hex(end), Text.hex(period.copy(PERIOD_LAST_HASH)));
        }
    }

    /** Holds the dates of a transfer against what was closed when it was posted. */
    void date(Row transfer) {
        long postedAt = transfer.number(POSTED_AT);
        long effective = transfer.number(EFFECTIVE_DATE);
        if (!closings.isEmpty() && effective <= closings.getLast().through()) {
            long closed = closedThrough(postedAt - CLOCKS_APART_MICROS_MAX);
            if (effective <= closed) {
                Object expected = "after " + Text.date(closed) + ", which was closed";
                findings.add(
                        Layout.TRANSFER.table(), transfer.id(ID), "effective_date", expected, Text.date(effective));
            }
        }
        if (!transfer.isNull(ASKED_DATE)) {
            redated(transfer, postedAt, effective);
        }
    }

    /** Only what falls into a closed period is dated otherwise, and then on the day it is posted. */
    private void redated(Row transfer, long postedAt, long effective) {
        long asked = transfer.number(ASKED_DATE);
        boolean wasClosed = asked <= closedThrough(postedAt + CLOCKS_APART_MICROS_MAX);
        if (!wasClosed || effective != Math.floorDiv(postedAt, DAY_MICROS)) {
            String expected = "in a closed period, and effective on the day of posting";
            findings.add(Layout.TRANSFER.table(), transfer.id(ID), "asked_date", expected, Text.date(asked));
        }
    }

    private long closedThrough(long instant) {
        long through = Long.MIN_VALUE;
        for (Closing closing : closings) {
            if (closing.at() <= instant) {
                through = Math.max(through, closing.through());
            }
        }
        return through;
    }

    int count() {
        return closings.size();
    }

    /** Whether the closings once ended in this hash after so many. */
    boolean passed(int ordinal, String hash) {
        if (ordinal > closings.size()) {
            return false;
        }
        return hash.equals(
                ordinal == 0
                        ? Manifest.NO_HASH
                        : Text.hex(closings.get(ordinal - 1).hash()));
    }
}
