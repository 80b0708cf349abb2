package io.bursar.identity;

import java.time.Instant;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who makes the request this thread works for. */
final class Callers {
    private Callers() {}

    static Principal current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication instanceof CallerAuthentication caller ? caller.getPrincipal() : new Principal.Public();
    }

    /** The digest of the session they came with; empty without one. */
    static byte[] session() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication instanceof CallerAuthentication caller ? caller.session() : new byte[0];
    }

    /** When they last proved it; long ago for whoever cannot. */
    static Instant provenAt() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication instanceof CallerAuthentication caller ? caller.provenAt() : Instant.MIN;
    }
}
