package io.bursar.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** One of our principals as Spring Security carries it. {@link Access} decides what it may do, not authorities. */
final class CallerAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;
    private final transient Principal principal;

    private final Instant provenAt;
    private final byte[] session;

    CallerAuthentication(Principal principal) {
        this(principal, Instant.MIN, new byte[0]);
    }

    CallerAuthentication(Sessions.Found session) {
        this(session.caller(), session.provenAt(), session.digest());
    }

    private CallerAuthentication(Principal principal, Instant provenAt, byte[] session) {
        super(List.of());
        this.principal = principal;
        this.provenAt = provenAt;
        this.session = session;
        setAuthenticated(true);
    }

    /** The digest of the session's token; empty for whoever has no session. */
    byte[] session() {
        return session;
    }

    /** When the caller last proved who they are. */
    Instant provenAt() {
        return provenAt;
    }

    @Override
    public Principal getPrincipal() {
        return principal;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication that && principal.equals(that.principal);
    }

    @Override
    public int hashCode() {
        return principal.hashCode();
    }
}
