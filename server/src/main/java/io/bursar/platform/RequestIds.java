package io.bursar.platform;

import io.bursar.shared.IdText;
import io.bursar.shared.UuidV7;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request an id that its answer, its log lines, its audit entries and its errors carry. A caller's own id
 * is not taken over: two requests must never share one.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestIds extends OncePerRequestFilter {
    public static final String HEADER = "X-Request-Id";
    private static final String KEY = "requestId";
    private static final String ROUTE = "route";
    private static final int ROUTE_CHARACTERS_MAX = 200;
    private static final String ATTRIBUTE = RequestIds.class.getName();

    private final Clock clock;

    RequestIds(Clock clock) {
        this.clock = clock;
    }

    /** Method and pattern of the route that answers it, {@code GET /pay/{id}}: the address itself may hold secrets. */
    public static Optional<String> route() {
        return Optional.ofNullable(MDC.get(ROUTE));
    }

    static void enter(String route) {
        MDC.put(ROUTE, route.substring(0, Math.min(route.length(), ROUTE_CHARACTERS_MAX)));
    }

    /** The id of the request this thread works for, or of the run of a job. */
    public static Optional<String> current() {
        return Optional.ofNullable(MDC.get(KEY));
    }

    /** Work that no request asked for, under an id of its own. */
    public static void during(String id, Runnable work) {
        MDC.put(KEY, id);
        try {
            work.run();
        } finally {
            MDC.remove(KEY);
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // An error page is a second round of the same request, which keeps its id.
        String id = request.getAttribute(ATTRIBUTE) instanceof String known
                ? known
                : IdText.of("rid", UuidV7.at(clock.instant()));
        request.setAttribute(ATTRIBUTE, id);
        response.setHeader(HEADER, id);
        MDC.put(KEY, id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(KEY);
            MDC.remove(ROUTE);
        }
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
