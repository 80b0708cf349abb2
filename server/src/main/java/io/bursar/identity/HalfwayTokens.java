package io.bursar.identity;

import io.bursar.platform.Secrets;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Says on the second page of a sign-in that the password was right on the first: signed for one operator and one
 * browser, and short-lived. It opens nothing by itself.
 */
@Component
class HalfwayTokens {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int HEAD_BYTES = 3 * Long.BYTES;
    private static final int DIGEST_BYTES = 32;
    private static final int TOKEN_LENGTH_MAX = 100;

    private final Secrets secrets;
    private final Clock clock;

    HalfwayTokens(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    String issue(UUID operator, String device) {
        long now = clock.instant().getEpochSecond();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(HEAD_BYTES + DIGEST_BYTES)
                        .putLong(now)
                        .putLong(operator.getMostSignificantBits())
                        .putLong(operator.getLeastSignificantBits())
                        .put(signature(now, operator, device))
                        .array());
    }

    Optional<UUID> operator(String token, String device) {
        try {
            byte[] bytes =
                    Base64.getUrlDecoder().decode(token.substring(0, Math.min(token.length(), TOKEN_LENGTH_MAX)));
            if (bytes.length != HEAD_BYTES + DIGEST_BYTES) {
                return Optional.empty();
            }
            ByteBuffer read = ByteBuffer.wrap(bytes);
            long issued = read.getLong();
            UUID operator = new UUID(read.getLong(), read.getLong());
            byte[] given = new byte[DIGEST_BYTES];
            read.get(given);
            boolean genuine = MessageDigest.isEqual(given, signature(issued, operator, device));
            boolean fresh = genuine && !Instant.ofEpochSecond(issued).plus(LIFE).isBefore(clock.instant());
            return fresh ? Optional.of(operator) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private byte[] signature(long issued, UUID operator, String device) {
        return secrets.signature("halfway", issued + "/" + operator + "/" + device);
    }
}
