package io.bursar.outbox;

import io.bursar.platform.Secrets;
import io.bursar.shared.Check;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What an endpoint's owner verifies our signatures with, and the signing itself as Standard Webhooks has it. */
final class SigningSecret {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final int FINGERPRINT_LENGTH = 8;

    private final byte[] key;

    private SigningSecret(byte[] key) {
        this.key = key;
    }

    static SigningSecret random(Secrets secrets) {
        return new SigningSecret(secrets.randomBytes(BYTES));
    }

    static SigningSecret parse(String text) {
        Check.argument(text.startsWith(PREFIX), "signing secret: another format (expected: %s…)", PREFIX);
        return new SigningSecret(Base64.getDecoder().decode(text.substring(PREFIX.length())));
    }

    static SigningSecret open(Secrets secrets, String context, byte[] sealed) {
        return new SigningSecret(secrets.open(context, sealed));
    }

    byte[] sealed(Secrets secrets, String context) {
        return secrets.seal(context, key);
    }

    /** {@code whsec_…}: shown once, never logged. */
    String text() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /** The first eight hex digits of the SHA-256 of {@link #text()}, so that its owner can compute it as well. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest).substring(0, FINGERPRINT_LENGTH);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** {@code v1,…} over id, time of the attempt and the exact body. */
    String signature(String id, Instant attemptedAt, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + attemptedAt.getEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningSecret secret && MessageDigest.isEqual(key, secret.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return "SigningSecret[" + fingerprint() + "]";
    }
}
