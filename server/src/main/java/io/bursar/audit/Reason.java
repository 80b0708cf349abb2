package io.bursar.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Why something was done. Words and salt are null once they were forgotten; the digest stays, and the chain goes over
 * it.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and never handed out of this package
record Reason(
        byte[] digest, byte @Nullable [] salt, @Nullable String words) {
    static Reason of(String words, byte[] salt) {
        return new Reason(digest(words, salt), salt, words);
    }

    /** Whether the words are those that were digested, or rightly gone. */
    boolean fits() {
        return words == null || salt == null || MessageDigest.isEqual(digest, digest(words, salt));
    }

    private static byte[] digest(String words, byte[] salt) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            return sha.digest(words.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
