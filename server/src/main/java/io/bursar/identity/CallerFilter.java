package io.bursar.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes what programs prove themselves with in a header for who calls. */
final class CallerFilter extends OncePerRequestFilter {
    private static final String BEARER = "Bearer ";

    private final Function<HttpServletRequest, Optional<? extends Principal>> recognize;

    private CallerFilter(Function<HttpServletRequest, Optional<? extends Principal>> recognize) {
        this.recognize = recognize;
    }

    /** {@code Authorization: Bearer bk_live_…}. */
    static CallerFilter byApiKey(ApiKeys keys) {
        return new CallerFilter(request -> Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .flatMap(header ->
                        keys.authenticate(header.substring(BEARER.length()).strip())));
    }

    static CallerFilter byCronSecret(CronSecret secret) {
        return new CallerFilter(request ->
                Optional.ofNullable(request.getHeader(CronSecret.HEADER)).flatMap(secret::authenticate));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        recognize.apply(request).ifPresent(CallerFilter::authenticated);
        chain.doFilter(request, response);
    }

    private static void authenticated(Principal caller) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new CallerAuthentication(caller));
        SecurityContextHolder.setContext(context);
    }
}
