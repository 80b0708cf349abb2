package io.bursar.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value. */
final class Hash {
    static final int BYTES = 32;

    /** What the chain of an account starts from. */
    static final Hash ZERO = new Hash(new byte[BYTES]);

    private static final MessageDigest SHA_256 = find();

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        Check.invariant(bytes.length == BYTES, "a hash of " + bytes.length + " bytes");
        this.bytes = bytes;
    }

    static Hash stored(byte[] bytes) {
        return new Hash(bytes.clone());
    }

    static Hash of(ByteBuffer content, Hash... previous) {
        MessageDigest digest = sha256();
        digest.update(content);
        for (Hash hash : previous) {
            digest.update(hash.bytes);
        }
        return new Hash(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the JDK can be cloned", e);
        }
    }

    /** Looking for it among all algorithms takes longer than a hash. */
    private static MessageDigest find() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
