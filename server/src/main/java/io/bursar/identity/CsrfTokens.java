package io.bursar.identity;

import io.bursar.platform.Secrets;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tokens that prove a form came from one of our pages. They are signed for the browser and the session they were drawn
 * for and say when; nothing is stored, so any number of tabs works and they simply expire.
 */
@Component
class CsrfTokens {
    static final Duration LIFE = Duration.ofDays(2);
    private static final int TOKEN_LENGTH_MAX = 100;

    private final Secrets secrets;
    private final Clock clock;

    CsrfTokens(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Why a token is refused, by the code operators look for. */
    enum Refusal {
        CSRF_MISSING("The form was sent without its protection field. Open the page again and resend it."),
        CSRF_COOKIE_MISSING("Your browser sent no cookies. Allow cookies for this site, reload, and send it again."),
        CSRF_EXPIRED("This page was open for more than two days. Reload it and send the form again."),
        CSRF_MISMATCH("This form belongs to another sign-in. Reload the page and send it again.");

        private final String sentence;

        Refusal(String sentence) {
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }

    String issue(String device, Optional<String> session) {
        long now = clock.instant().getEpochSecond();
        byte[] signature = signature(now, device, session);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(Long.BYTES + signature.length)
                        .putLong(now)
                        .put(signature)
                        .array());
    }

    Optional<Refusal> refusal(@Nullable String token, Optional<String> device, Optional<String> session) {
        if (token == null || token.isBlank()) {
            return Optional.of(Refusal.CSRF_MISSING);
        }
        if (device.isEmpty()) {
            return Optional.of(Refusal.CSRF_COOKIE_MISSING);
        }
        return judged(token, device.get(), session);
    }

    private Optional<Refusal> judged(String token, String device, Optional<String> session) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(
                    Base64.getUrlDecoder().decode(token.substring(0, Math.min(token.length(), TOKEN_LENGTH_MAX))));
            long issued = bytes.remaining() > Long.BYTES ? bytes.getLong() : 0;
            byte[] given = new byte[bytes.remaining()];
            bytes.get(given);
            if (!MessageDigest.isEqual(given, signature(issued, device, session))) {
                return Optional.of(Refusal.CSRF_MISMATCH);
            }
            boolean expired = Instant.ofEpochSecond(issued).plus(LIFE).isBefore(clock.instant());
            return expired ? Optional.of(Refusal.CSRF_EXPIRED) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.of(Refusal.CSRF_MISMATCH);
        }
    }

    private byte[] signature(long issued, String device, Optional<String> session) {
        return secrets.signature("csrf", issued + "/" + device + "/" + session.orElse(""));
    }
}
