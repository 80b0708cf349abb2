package io.bursar.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/** Finds the caller by our own session table. Signing in and out write it; a request never does. */
@Component
class SessionContexts implements SecurityContextRepository {
    private static final String ASKED_IN_VAIN = SessionContexts.class.getName();

    private final Cookies cookies;
    private final Sessions sessions;

    SessionContexts(Cookies cookies, Sessions sessions) {
        this.cookies = cookies;
        this.sessions = sessions;
    }

    @Override
    @Deprecated
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return context(holder.getRequest());
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        // Nothing to save: the table already says it.
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return session(request).isPresent();
    }

    private SecurityContext context(HttpServletRequest request) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        session(request).ifPresent(session -> context.setAuthentication(new CallerAuthentication(session)));
        return context;
    }

    /** The error page of a request whose session could not be looked up is drawn for nobody in particular. */
    private Optional<Sessions.Found> session(HttpServletRequest request) {
        if (request.getAttribute(ASKED_IN_VAIN) != null) {
            return Optional.empty();
        }
        request.setAttribute(ASKED_IN_VAIN, true);
        Optional<Sessions.Found> found =
                cookies.session(request).flatMap(token -> sessions.of(token, !refreshesItself(request)));
        request.removeAttribute(ASKED_IN_VAIN);
        return found;
    }

    /** The live parts of a page ask again and again while nobody may be looking. */
    private static boolean refreshesItself(HttpServletRequest request) {
        return "GET".equals(request.getMethod()) && request.getHeader("HX-Request") != null;
    }
}
