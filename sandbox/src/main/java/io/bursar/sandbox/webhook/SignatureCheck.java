package io.bursar.sandbox.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Standard Webhooks, from the receiver's side: HMAC-SHA256 over id, timestamp and the raw body. */
final class SignatureCheck {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{1,12}");
    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION_PREFIX = "v1,";

    private SignatureCheck() {}

    static Verdict judge(Signed message, List<String> secrets, Instant now) {
        if (message.id().isEmpty() || message.signatures().isEmpty()) {
            return Verdict.HEADERS_MISSING;
        }
        if (!TIMESTAMP.matcher(message.timestamp()).matches()) {
            return Verdict.HEADERS_MISSING;
        }
        if (secrets.isEmpty()) {
            return Verdict.NO_SECRET;
        }
        if (secrets.stream().noneMatch(secret -> signs(secret, message))) {
            return Verdict.BAD_SIGNATURE;
        }
        var sentAt = Instant.ofEpochSecond(Long.parseLong(message.timestamp()));
        var age = Duration.between(sentAt, now).abs();
        return age.compareTo(TOLERANCE) > 0 ? Verdict.STALE_TIMESTAMP : Verdict.VERIFIED;
    }

    record Signed(String id, String timestamp, String signatures, String body) {}

    static byte[] key(String secret) {
        var text = secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
        return Base64.getDecoder().decode(text);
    }

    private static boolean signs(String secret, Signed message) {
        var content = message.id() + "." + message.timestamp() + "." + message.body();
        var expected = VERSION_PREFIX + Base64.getEncoder().encodeToString(hmac(key(secret), content));
        boolean found = false;
        for (var signature : message.signatures().split(" ", -1)) {
            found |= MessageDigest.isEqual(
                    signature.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
        }
        return found;
    }

    private static byte[] hmac(byte[] key, String content) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }
}
