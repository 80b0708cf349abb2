package io.bursar.identity;

import io.bursar.platform.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Sessions, known only by a digest of their token: 30 minutes idle and 12 hours at most for operators, 14 days for
 * merchants and other people of a portal, as long as the portal still knows them.
 */
@Component
class Sessions {
    static final Duration LIFE_MAX = Duration.ofHours(12);
    static final Duration IDLE_MAX = Duration.ofMinutes(30);
    static final Duration PORTAL_LIFE = Duration.ofDays(14);
    /** A session that is used all the time is not written all the time. */
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private static final int TOKEN_BYTES = 32;
    private static final int TOKEN_LENGTH_MAX = 64;

    private final SessionStore store;
    private final Portals portals;
    private final Secrets secrets;
    private final Clock clock;

    Sessions(SessionStore store, Portals portals, Secrets secrets, Clock clock) {
        this.store = store;
        this.portals = portals;
        this.secrets = secrets;
        this.clock = clock;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(Principal caller, Instant provenAt, byte[] digest) {}

    /** The token goes into the cookie and nowhere else. */
    String begin(UUID operator) {
        String token = freshToken();
        Instant now = clock.instant();
        store.insert(digest(token), operator, now, now.plus(LIFE_MAX));
        return token;
    }

    String begin(String portal, UUID holder) {
        String token = freshToken();
        Instant now = clock.instant();
        store.insert(digest(token), new SessionStore.Holder.Guest(portal, holder), now, now.plus(PORTAL_LIFE));
        return token;
    }

    /** @param prolongs false for what is no sign of somebody being there */
    Optional<Found> of(String token, boolean prolongs) {
        if (token.length() > TOKEN_LENGTH_MAX) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        byte[] digest = digest(token);
        Optional<SessionStore.Living> found = store.living(digest, now, now.minus(IDLE_MAX));
        found.filter(session -> prolongs && session.lastSeen().plus(SEEN_EVERY).isBefore(now))
                .ifPresent(session -> store.seen(digest, now));
        return found.flatMap(
                session -> caller(session.holder()).map(caller -> new Found(caller, session.provenAt(), digest)));
    }

    /** Whoever holds it has just proved again who they are. */
    void proven(String token) {
        store.proven(digest(token), clock.instant());
    }

    void end(String token) {
        store.delete(digest(token));
    }

    private Optional<Principal> caller(SessionStore.Holder holder) {
        return switch (holder) {
            case SessionStore.Holder.Staff(Principal.Operator operator) -> Optional.of(operator);
            case SessionStore.Holder.Guest(String portal, UUID id) ->
                portals.named(portal).caller(id);
        };
    }

    private String freshToken() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secrets.randomBytes(TOKEN_BYTES));
    }

    private byte[] digest(String token) {
        return secrets.digest("session", token);
    }
}
