package io.bursar.platform;

import io.bursar.shared.Check;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets at rest and keyed digests, both under {@code ENCRYPTION_KEY}. A sealed value is AES-256-GCM, bound to the
 * place it is stored in ({@code context}, such as {@code outbox.endpoint/<id>}), so that a value copied to another row
 * does not open. It carries the id of its key, so that keys can be replaced one row at a time.
 */
public final class Secrets {
    public static final int KEY_BYTES = 32;
    private static final byte FORMAT = 1;
    private static final int KEY_ID_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec sealingKey;
    private final SecretKeySpec digestKey;
    private final byte[] keyId;

    public Secrets(byte[] key) {
        Check.argument(key.length == KEY_BYTES, "key bytes: %s (expected: %s)", key.length, KEY_BYTES);
        this.sealingKey = new SecretKeySpec(derived(key, "seal"), "AES");
        this.digestKey = new SecretKeySpec(derived(key, "digest"), "HmacSHA256");
        this.keyId = Arrays.copyOf(derived(key, "id"), KEY_ID_BYTES);
    }

    public byte[] seal(String context, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] header = ByteBuffer.allocate(HEADER_BYTES)
                .put(FORMAT)
                .put(keyId)
                .put(nonce)
                .array();
        byte[] body = cipher(Cipher.ENCRYPT_MODE, header, context, plain);
        return ByteBuffer.allocate(header.length + body.length)
                .put(header)
                .put(body)
                .array();
    }

    /** @throws IllegalStateException when it was sealed under another key, for another place, or was changed */
    public byte[] open(String context, byte[] sealed) {
        Check.that(sealed.length > HEADER_BYTES && sealed[0] == FORMAT, "sealed value of %s: unknown format", context);
        byte[] header = Arrays.copyOf(sealed, HEADER_BYTES);
        Check.that(
                Arrays.equals(keyId, Arrays.copyOfRange(header, 1, 1 + KEY_ID_BYTES)),
                "sealed value of %s: made under another ENCRYPTION_KEY",
                context);
        return cipher(Cipher.DECRYPT_MODE, header, context, Arrays.copyOfRange(sealed, HEADER_BYTES, sealed.length));
    }

    /** A keyed digest: to find something by a secret that must not be stored, and to sign tokens. */
    public byte[] digest(String purpose, String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(digestKey);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Fresh random bytes for keys, tokens and ids that must not be guessed. */
    public byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] cipher(int mode, byte[] header, String context, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode, sealingKey, new GCMParameterSpec(TAG_BITS, header, HEADER_BYTES - NONCE_BYTES, NONCE_BYTES));
            cipher.updateAAD(header);
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException("sealed value of " + context + " does not open", refused);
        }
    }

    private static byte[] derived(byte[] key, String purpose) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(("bursar/" + purpose + "/").getBytes(StandardCharsets.UTF_8));
            return sha.digest(key);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public String toString() {
        return "Secrets[masked]";
    }
}
