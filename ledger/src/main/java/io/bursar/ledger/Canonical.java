package io.bursar.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that are hashed: fields in a fixed order, numbers as 8 bytes big-endian, text as its length and UTF-8,
 * and one byte before anything that may be absent. No two different lists of fields give the same bytes.
 */
final class Canonical {
    private static final int FIRST_BYTES = 512;

    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BYTES);

    /** Starts with the name of what is written and the version of its layout, so that no two kinds can be confused. */
    Canonical(String layout) {
        text(layout);
    }

    Canonical number(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    Canonical numberOrNone(@Nullable Number value) {
        return value == null ? flag(false) : flag(true).number(value.longValue());
    }

    Canonical flag(boolean value) {
        room(1).put((byte) (value ? 1 : 0));
        return this;
    }

    Canonical text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        room(bytes.length).put(bytes);
        return this;
    }

    Canonical texts(List<String> values) {
        number(values.size());
        values.forEach(this::text);
        return this;
    }

    Canonical id(UUID value) {
        return number(value.getMostSignificantBits()).number(value.getLeastSignificantBits());
    }

    Canonical idOrNone(@Nullable UUID value) {
        return value == null ? flag(false) : flag(true).id(value);
    }

    Canonical hash(Hash value) {
        room(Hash.BYTES).put(value.bytes());
        return this;
    }

    Canonical unit(Unit value) {
        return text(value.code()).number(value.scale());
    }

    /** The database keeps microseconds, so an instant is hashed as those. */
    Canonical instant(Instant value) {
        return number(value.getEpochSecond()).number(value.getNano() / 1_000);
    }

    Canonical instantOrNone(@Nullable Instant value) {
        return value == null ? flag(false) : flag(true).instant(value);
    }

    Canonical textOrNone(@Nullable String value) {
        return value == null ? flag(false) : flag(true).text(value);
    }

    Canonical dateOrNone(@Nullable LocalDate value) {
        return value == null ? flag(false) : flag(true).number(value.toEpochDay());
    }

    /** The hash of what was written, followed by these. */
    Hash digest(Hash... previous) {
        return Hash.of(buffer.duplicate().flip(), previous);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            byte[] larger = Arrays.copyOf(buffer.array(), Math.max(buffer.capacity() * 2, buffer.position() + bytes));
            buffer = ByteBuffer.wrap(larger).position(buffer.position());
        }
        return buffer;
    }
}
