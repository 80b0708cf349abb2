package io.bursar.platform;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** One key that seals: AES-256-GCM, with the key's id in front of every value. */
final class SealingKey {
    static final int ID_BYTES = 4;
    static final int ID_AT = 1;
    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int NONCE_AT = ID_AT + ID_BYTES;
    private static final int TAG_BITS = 128;
    private static final int HEADER_BYTES = NONCE_AT + NONCE_BYTES;

    private final SecretKeySpec key;
    private final byte[] id;

    SealingKey(byte[] key) {
        this.key = new SecretKeySpec(Secrets.derived(key, "seal"), "AES");
        this.id = Arrays.copyOf(Secrets.derived(key, "id"), ID_BYTES);
    }

    byte[] id() {
        return id.clone();
    }

    static boolean isSealed(byte[] value) {
        return value.length > HEADER_BYTES && value[0] == FORMAT;
    }

    boolean sealed(byte[] value) {
        return isSealed(value) && Arrays.equals(id, Arrays.copyOfRange(value, ID_AT, NONCE_AT));
    }

    byte[] seal(byte[] nonce, String context, byte[] plain) {
        byte[] header =
                ByteBuffer.allocate(HEADER_BYTES).put(FORMAT).put(id).put(nonce).array();
        byte[] body = cipher(Cipher.ENCRYPT_MODE, header, context, plain);
        return ByteBuffer.allocate(header.length + body.length)
                .put(header)
                .put(body)
                .array();
    }

    byte[] open(String context, byte[] sealed) {
        byte[] header = Arrays.copyOf(sealed, HEADER_BYTES);
        return cipher(Cipher.DECRYPT_MODE, header, context, Arrays.copyOfRange(sealed, HEADER_BYTES, sealed.length));
    }

    static int nonceBytes() {
        return NONCE_BYTES;
    }

    private byte[] cipher(int mode, byte[] header, String context, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, header, NONCE_AT, NONCE_BYTES));
            cipher.updateAAD(header);
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException("sealed value of " + context + " does not open", refused);
        }
    }
}
