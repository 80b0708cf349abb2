package io.bursar.identity;

import io.bursar.errorlog.ErrorLog;
import io.bursar.platform.Problem;
import io.bursar.platform.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses whatever would change something without a token of ours, and offers pages a token for their forms. */
final class CsrfFilter extends OncePerRequestFilter {
    private static final String FIELD = "_csrf";
    private static final String HEADER = "X-CSRF-Token";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final CsrfTokens tokens;
    private final Cookies cookies;
    private final ErrorLog errors;

    CsrfFilter(CsrfTokens tokens, Cookies cookies, ErrorLog errors) {
        this.tokens = tokens;
        this.cookies = cookies;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!READING.contains(request.getMethod())) {
            Optional<CsrfTokens.Refusal> refusal =
                    tokens.refusal(given(request), cookies.device(request), cookies.session(request));
            if (refusal.isPresent()) {
                refuse(request, response, refusal.get());
                return;
            }
        }
        String device = cookies.deviceOrNew(request, response);
        CsrfToken token = new DefaultCsrfToken(HEADER, FIELD, tokens.issue(device, cookies.session(request)));
        request.setAttribute(CsrfToken.class.getName(), token);
        request.setAttribute(FIELD, token);
        chain.doFilter(request, response);
    }

    /** What holds no forms needs no token, and sets no cookie. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return READING.contains(request.getMethod())
                && (path.startsWith("/assets/") || path.startsWith("/webjars/") || path.startsWith("/api/"));
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, CsrfTokens.Refusal refusal)
            throws IOException {
        String code = refusal.name().toLowerCase(Locale.ROOT);
        // Not the address: that of an invitation is what lets somebody in.
        errors.record(code, "A form below /%s was refused.".formatted(firstStep(request.getRequestURI())), null);
        ProblemWriter.write(request, response, Problem.of(403, code, refusal.sentence()));
    }

    private static String firstStep(String path) {
        int end = path.indexOf('/', 1);
        return path.substring(1, end < 0 ? path.length() : end);
    }

    private static @Nullable String given(HttpServletRequest request) {
        String header = request.getHeader(HEADER);
        return header != null ? header : request.getParameter(FIELD);
    }
}
