package io.bursar.identity;

import io.bursar.platform.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Operators' sessions: 30 minutes idle and 12 hours at most, known only by a digest of their token. */
@Component
class Sessions {
    static final Duration LIFE_MAX = Duration.ofHours(12);
    static final Duration IDLE_MAX = Duration.ofMinutes(30);
    /** A session that is used all the time is not written all the time. */
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private static final int TOKEN_BYTES = 32;
    private static final int TOKEN_LENGTH_MAX = 64;

    private final SessionStore store;
    private final Secrets secrets;
    private final Clock clock;

    Sessions(SessionStore store, Secrets secrets, Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** The token goes into the cookie and nowhere else. */
    String begin(UUID operator) {
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secrets.randomBytes(TOKEN_BYTES));
        Instant now = clock.instant();
        store.insert(digest(token), operator, now, now.plus(LIFE_MAX));
        return token;
    }

    /** @param prolongs false for what is no sign of somebody being there */
    Optional<Principal.Operator> of(String token, boolean prolongs) {
        if (token.length() > TOKEN_LENGTH_MAX) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        byte[] digest = digest(token);
        Optional<SessionStore.Found> found = store.living(digest, now, now.minus(IDLE_MAX));
        found.filter(session -> prolongs && session.lastSeen().plus(SEEN_EVERY).isBefore(now))
                .ifPresent(session -> store.seen(digest, now));
        return found.map(SessionStore.Found::operator);
    }

    void end(String token) {
        store.delete(digest(token));
    }

    private byte[] digest(String token) {
        return secrets.digest("session", token);
    }
}
