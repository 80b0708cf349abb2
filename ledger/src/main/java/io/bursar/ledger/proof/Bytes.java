package io.bursar.ledger.proof;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Bytes to be hashed, in a buffer that is used again and again. */
final class Bytes {
    static final int HASH_BYTES = 32;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long MICROS = 1_000_000;
    private static final long SECONDS_TO_2000 = 946_684_800;
    private static final long DAYS_TO_2000 = 10_957;

    private final MessageDigest digest = sha256();
    private byte[] buffer = new byte[1_024];
    private int size;

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Bytes clear() {
        size = 0;
        return this;
    }

    Bytes number(long value) {
        room(Long.BYTES);
        LONG.set(buffer, size, value);
        size += Long.BYTES;
        return this;
    }

    Bytes flag(boolean value) {
        room(1);
        buffer[size++] = (byte) (value ? 1 : 0);
        return this;
    }

    Bytes raw(byte[] value) {
        return raw(value, 0, value.length);
    }

    Bytes raw(byte[] value, int start, int length) {
        room(length);
        System.arraycopy(value, start, buffer, size, length);
        size += length;
        return this;
    }

    Bytes raw(Bytes other) {
        return raw(other.buffer, 0, other.size);
    }

    Bytes text(byte[] utf8, int start, int length) {
        return number(length).raw(utf8, start, length);
    }

    Bytes text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return text(utf8, 0, utf8.length);
    }

    /** The database counts microseconds from 2000 on. */
    Bytes instant(long micros) {
        return number(Math.floorDiv(micros, MICROS) + SECONDS_TO_2000).number(Math.floorMod(micros, MICROS));
    }

    /** The database counts days from 2000 on. */
    Bytes date(long days) {
        return number(days + DAYS_TO_2000);
    }

    Bytes column(Row row, int column, Layout.Type type) {
        return switch (type) {
            case ID, HASH -> raw(row.message(), row.start(column), row.length(column));
            case NUMBER -> number(row.number(column));
            case TEXT -> text(row.message(), row.start(column), row.length(column));
            case TEXTS -> texts(row, column);
            case FLAG -> flag(row.flag(column));
            case INSTANT -> instant(row.number(column));
            case DATE -> date(row.number(column));
        };
    }

    Bytes optional(Row row, int column, Layout.Type type) {
        boolean present = !row.isNull(column);
        flag(present);
        return present ? column(row, column, type) : this;
    }

    private Bytes texts(Row row, int column) {
        int elements = row.elements(column);
        number(elements);
        int position = row.firstElement(column);
        for (int element = 0; element < elements; element++) {
            int length = Math.max(row.intAt(position), 0);
            text(row.message(), position + Integer.BYTES, length);
            position += Integer.BYTES + length;
        }
        return this;
    }

    byte[] copy() {
        return Arrays.copyOf(buffer, size);
    }

    byte[] hash() {
        digest.update(buffer, 0, size);
        return digest.digest();
    }

    private void room(int length) {
        if (buffer.length - size < length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + length));
        }
    }
}
