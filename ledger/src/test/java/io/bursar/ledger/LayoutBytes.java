package io.bursar.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The byte layout of README, written a second time. */
final class LayoutBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    LayoutBytes(String layout) {
        text(layout);
    }

    LayoutBytes number(long value) {
        return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    LayoutBytes flag(boolean value) {
        return raw(new byte[] {(byte) (value ? 1 : 0)});
    }

    LayoutBytes optional(@Nullable Long value) {
        return value == null ? flag(false) : flag(true).number(value);
    }

    LayoutBytes optionalText(@Nullable String value) {
        return value == null ? flag(false) : flag(true).text(value);
    }

    LayoutBytes optionalInstant(@Nullable Instant value) {
        return value == null
                ? flag(false)
                : flag(true).number(value.getEpochSecond()).number(value.getNano() / 1_000);
    }

    LayoutBytes optionalDate(@Nullable LocalDate value) {
        return value == null ? flag(false) : flag(true).number(value.toEpochDay());
    }

    LayoutBytes text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return number(bytes.length).raw(bytes);
    }

    LayoutBytes id(UUID value) {
        return number(value.getMostSignificantBits()).number(value.getLeastSignificantBits());
    }

    LayoutBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** The hash, in hex, over these bytes and the hashes before them. */
    String hashed(String... previous) {
        for (String hash : previous) {
            raw(HexFormat.of().parseHex(hash));
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(out.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
