package io.bursar.bench.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.copy.CopyIn;

/** Rows in PostgreSQL's binary COPY format, sent on whenever a buffer is full; memory does not grow with the rows. */
final class CopyWriter {
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int ROOM = 1 << 20;
    private static final int ROW_BYTES_MAX = 4_096;
    private static final int FIELDS = 20;
    private static final long MICROS_TO_2000 = 946_684_800_000_000L;
    private static final int DAYS_TO_2000 = 10_957;

    private final CopyIn copy;
    private final ByteBuffer buffer = ByteBuffer.allocate(ROOM);

    CopyWriter(CopyIn copy) {
        this.copy = copy;
        buffer.put(HEADER);
    }

    void write(HistoryRow row, byte[] contentHash, byte[] hash) throws SQLException {
        if (buffer.remaining() < ROW_BYTES_MAX) {
            flush();
        }
        buffer.putShort((short) FIELDS);
        id(row.book());
        id(row.id());
        id(row.debit());
        id(row.credit());
        number(row.amount());
        number(row.debitSequence());
        number(row.debitBalance());
        number(row.creditSequence());
        number(row.creditBalance());
        number(row.postedAtMicros() - MICROS_TO_2000);
        small((int) row.effectiveDay() - DAYS_TO_2000);
        small(0);
        small(0);
        small(1);
        bytes("MOVE".getBytes(StandardCharsets.UTF_8));
        bytes(row.reference().getBytes(StandardCharsets.UTF_8));
        bytes(contentHash);
        bytes(new byte[0]);
        bytes(BursarTarget.ACTOR.getBytes(StandardCharsets.UTF_8));
        bytes(hash);
    }

    long end() throws SQLException {
        buffer.putShort((short) -1);
        flush();
        return copy.endCopy();
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    private void id(UUID value) {
        buffer.putInt(Long.BYTES * 2);
        buffer.putLong(value.getMostSignificantBits());
        buffer.putLong(value.getLeastSignificantBits());
    }

    private void number(long value) {
        buffer.putInt(Long.BYTES);
        buffer.putLong(value);
    }

    private void small(int value) {
        buffer.putInt(Integer.BYTES);
        buffer.putInt(value);
    }

    private void bytes(byte[] value) {
        buffer.putInt(value.length);
        buffer.put(value);
    }
}
