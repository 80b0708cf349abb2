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

    CallerAuthentication(Principal principal) {
        this(principal, Instant.MIN);
    }

    /** @param provenAt when the caller last proved who they are */
    CallerAuthentication(Principal principal, Instant provenAt) {
        super(List.of());
        this.principal = principal;
        this.provenAt = provenAt;
        setAuthenticated(true);
    }

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
