package io.bursar.bench.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The bytes that the ledger hashes, written a second time from its README and not from its code: a book filled by this
 * class passes verification only if both say the same.
 */
final class ChainBytes {
    private static final int ROOM = 4_096;
    private static final int MICROSECONDS = 1_000_000;

    private final ByteBuffer bytes = ByteBuffer.allocate(ROOM);

    /** The content of a single MOVE without an effective date of its own. */
    ChainBytes content(String debitPath, String creditPath, long amount) {
        bytes.clear();
        return text("bursar posting 1")
                .absent()
                .number(1)
                .text("move")
                .text(debitPath)
                .text(creditPath)
                .number(amount)
                .text(BursarTarget.UNIT.code())
                .number(BursarTarget.UNIT.scale());
    }

    /** The row itself; the last hashes of both accounts follow it. */
    ChainBytes transfer(HistoryRow row, byte[] contentHash) {
        bytes.clear();
        return text("bursar transfer 1")
                .id(row.book())
                .id(row.id())
                .id(row.debit())
                .id(row.credit())
                .number(row.amount())
                .number(row.debitSequence())
                .number(row.debitBalance())
                .number(row.creditSequence())
                .number(row.creditBalance())
                .number(Math.floorDiv(row.postedAtMicros(), MICROSECONDS))
                .number(Math.floorMod(row.postedAtMicros(), MICROSECONDS))
                .number(row.effectiveDay())
                .absent()
                .number(0)
                .number(0)
                .number(1)
                .text("MOVE")
                .text(row.reference())
                .raw(contentHash)
                .unsettled()
                .text("")
                .text(BursarTarget.ACTOR);
    }

    ByteBuffer written() {
        return bytes.duplicate().flip();
    }

    /** Settles nothing, so no id, ordinal and remaining; and does not expire. */
    private ChainBytes unsettled() {
        return absent().absent().absent().absent();
    }

    private ChainBytes number(long value) {
        bytes.putLong(value);
        return this;
    }

    private ChainBytes id(UUID value) {
        return number(value.getMostSignificantBits()).number(value.getLeastSignificantBits());
    }

    private ChainBytes text(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        return number(encoded.length).raw(encoded);
    }

    private ChainBytes raw(byte[] value) {
        bytes.put(value);
        return this;
    }

    private ChainBytes absent() {
        bytes.put((byte) 0);
        return this;
    }
}
