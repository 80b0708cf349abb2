package io.bursar.ledger.proof;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * A window on one row as the database sends it in binary COPY: it is moved from row to row, so that millions of rows
 * are read without an object for each.
 */
final class Row {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int STREAM_HEADER_BYTES = 19;
    private static final int END_OF_STREAM = -1;

    private final int[] starts;
    private final int[] lengths;
    private byte[] bytes = {};

    Row(int columns) {
        starts = new int[columns];
        lengths = new int[columns];
    }

    /** Moves to a row; answers false, and stays where it is, when it is the end of the stream. */
    boolean read(byte[] message) {
        int position = message[0] == 'P' ? STREAM_HEADER_BYTES : 0;
        short columns = (short) ((message[position] << 8) | (message[position + 1] & 0xff));
        if (columns == END_OF_STREAM) {
            return false;
        }
        if (columns != starts.length) {
            throw new IllegalStateException("a row of " + columns + " columns (expected: " + starts.length + ")");
        }
        bytes = message;
        position += Short.BYTES;
        for (int column = 0; column < columns; column++) {
            int length = (int) INT.get(message, position);
            position += Integer.BYTES;
            starts[column] = position;
            lengths[column] = length;
            position += Math.max(length, 0);
        }
        return true;
    }

    /** The row itself, which may be kept and read again. */
    byte[] message() {
        return bytes;
    }

    int start(int column) {
        return starts[column];
    }

    int length(int column) {
        return lengths[column];
    }

    boolean isNull(int column) {
        return lengths[column] < 0;
    }

    long number(int column) {
        return lengths[column] == Integer.BYTES
                ? (int) INT.get(bytes, starts[column])
                : (long) LONG.get(bytes, starts[column]);
    }

    long numberOr(int column, long absent) {
        return isNull(column) ? absent : number(column);
    }

    boolean flag(int column) {
        return bytes[starts[column]] != 0;
    }

    long high(int column) {
        return (long) LONG.get(bytes, starts[column]);
    }

    long low(int column) {
        return (long) LONG.get(bytes, starts[column] + Long.BYTES);
    }

    UUID id(int column) {
        return new UUID(high(column), low(column));
    }

    String text(int column) {
        return new String(bytes, starts[column], lengths[column], StandardCharsets.UTF_8);
    }

    byte[] copy(int column) {
        return Arrays.copyOfRange(bytes, starts[column], starts[column] + lengths[column]);
    }

    boolean holds(int column, byte[] value) {
        return lengths[column] == value.length
                && Arrays.equals(bytes, starts[column], starts[column] + value.length, value, 0, value.length);
    }

    /** Whether the column is this text, which has to be ASCII. */
    boolean reads(int column, String ascii) {
        if (lengths[column] != ascii.length()) {
            return false;
        }
        for (int place = 0; place < ascii.length(); place++) {
            if (bytes[starts[column] + place] != ascii.charAt(place)) {
                return false;
            }
        }
        return true;
    }

    boolean same(int column, Row other, int otherColumn) {
        int length = lengths[column];
        if (length != other.lengths[otherColumn]) {
            return false;
        }
        int start = starts[column];
        int otherStart = other.starts[otherColumn];
        return length <= 0 || Arrays.equals(bytes, start, start + length, other.bytes, otherStart, otherStart + length);
    }

    /** How many elements an array of text has, however it is nested. */
    int elements(int column) {
        int dimensions = (int) INT.get(bytes, starts[column]);
        int elements = dimensions == 0 ? 0 : 1;
        for (int dimension = 0; dimension < dimensions; dimension++) {
            elements *= (int) INT.get(bytes, starts[column] + 3 * Integer.BYTES + dimension * 2 * Integer.BYTES);
        }
        return elements;
    }

    /** Where the first element of an array begins: with its length. */
    int firstElement(int column) {
        int dimensions = (int) INT.get(bytes, starts[column]);
        return starts[column] + 3 * Integer.BYTES + dimensions * 2 * Integer.BYTES;
    }

    int intAt(int position) {
        return (int) INT.get(bytes, position);
    }
}
