package io.bursar.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import org.postgresql.copy.CopyIn;

/**
 * Bytes in PostgreSQL's binary format. A value is its length and its bytes, whether it stands in an array or in a row
 * that is copied in; what is absent has the length -1.
 */
final class Binary {
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final int ABSENT = -1;

    private byte[] bytes;
    private int length;

    Binary(int expectedBytes) {
        bytes = new byte[expectedBytes];
    }

    void absent() {
        rawInteger(ABSENT);
    }

    void uuid(UUID value) {
        rawInteger(2 * Long.BYTES);
        rawLong(value.getMostSignificantBits());
        rawLong(value.getLeastSignificantBits());
    }

    void bigint(long value) {
        rawInteger(Long.BYTES);
        rawLong(value);
    }

    void integer(int value) {
        rawInteger(Integer.BYTES);
        rawInteger(value);
    }

    void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(byte[] value) {
        rawInteger(value.length);
        raw(value);
    }

    void instant(Instant value) {
        Duration since = Duration.between(EPOCH, value.truncatedTo(ChronoUnit.MICROS));
        bigint(Math.addExact(Math.multiplyExact(since.getSeconds(), 1_000_000L), since.getNano() / 1_000));
    }

    void date(LocalDate value) {
        integer(Math.toIntExact(value.toEpochDay() - EPOCH_DAY));
    }

    void raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    void rawShort(int value) {
        room(Short.BYTES);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    void rawInteger(int value) {
        rawShort(value >>> 16);
        rawShort(value);
    }

    void copyTo(CopyIn copy) throws SQLException {
        copy.writeToCopy(bytes, 0, length);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void rawLong(long value) {
        rawInteger((int) (value >>> 32));
        rawInteger((int) value);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
