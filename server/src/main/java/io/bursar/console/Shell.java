package io.bursar.console;

import io.bursar.consolespi.ConsoleSection;
import io.bursar.gates.GateView;
import io.bursar.gates.Gates;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What the layouts ask about the request they are drawn for; templates know it as {@code shell}. One variable and not
 * model attributes, because error pages are drawn by handlers that know nothing of the console.
 */
@Component("shell")
class Shell {
    static final String THEME_COOKIE = "bursar_theme";
    private static final Set<String> THEMES = Set.of("light", "dark");

    private final List<ConsoleSection> sections;
    private final ObjectProvider<Gates> gates;

    Shell(List<ConsoleSection> sections, ObjectProvider<Gates> gates) {
        this.gates = gates;
        this.sections = sections.stream()
                .sorted(Comparator.comparingInt(ConsoleSection::order))
                .toList();
    }

    /** The navigation as the signed-in operator sees it; empty for anybody else. */
    public List<NavigationGroup> groups() {
        Role role =
                Optional.ofNullable(operator()).map(Principal.Operator::role).orElse(null);
        return role == null
                ? List.of()
                : NavigationGroup.of(
                        sections.stream()
                                .filter(section -> role.includes(section.role()))
                                .toList(),
                        path());
    }

    public Principal.@Nullable Operator operator() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Principal.Operator operator
                ? operator
                : null;
    }

    /** Whether the page asked for is one of the console's, and the reader one who sees the console. */
    public boolean inConsole() {
        return operator() != null && path().startsWith("/console");
    }

    /** What stands still on somebody's word, for the banner; a page that can be drawn is not lost for its banner. */
    public List<GateView> closedGates() {
        try {
            return operator() == null
                    ? List.of()
                    : gates.stream().flatMap(each -> each.closed().stream()).toList();
        } catch (DataAccessException databaseAway) {
            return List.of();
        }
    }

    public @Nullable String requestId() {
        String id = MDC.get("requestId");
        return id != null
                ? id
                : attributes()
                        .map(ServletRequestAttributes::getResponse)
                        .map((HttpServletResponse response) -> response.getHeader("X-Request-Id"))
                        .orElse(null);
    }

    /** What an error page is called. */
    public String failure(@Nullable Integer status) {
        return switch (status == null ? 500 : status) {
            case 403 -> "You may not do this";
            case 404 -> "There is nothing here";
            case 429 -> "Too many requests";
            case 503 -> "Not available right now";
            default -> status != null && status < 500 ? "That did not work" : "Something broke on our side";
        };
    }

    /** What an error page says when nobody said it better. */
    public String remedy(@Nullable Integer status) {
        return switch (status == null ? 500 : status) {
            case 403 -> "Your role does not include it. Ask an admin if it should.";
            case 404 -> "The address may be mistyped, or what was here is gone.";
            case 429 -> "Wait a minute, then try again. Nothing was changed.";
            case 503 -> "Something this page needs does not answer. Try again in a moment.";
            default ->
                status != null && status < 500
                        ? "The request could not be understood. Go back and try again."
                        : "It has been recorded. Try again in a moment.";
        };
    }

    /** Chosen by the reader, kept in a cookie so that the first paint is right; null follows the system. */
    public @Nullable String theme() {
        Cookie[] cookies = request().map(HttpServletRequest::getCookies).orElse(new Cookie[0]);
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(THEME_COOKIE) && THEMES.contains(cookie.getValue())) {
                return cookie.getValue();
            }
        }
        return null;
    }

    /** After a forward to the error page, what was asked for and not where it was forwarded to. */
    private String path() {
        return request()
                .map(request -> {
                    Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
                    return failed instanceof String uri ? uri : request.getRequestURI();
                })
                .orElse("");
    }

    private static Optional<HttpServletRequest> request() {
        return attributes().map(ServletRequestAttributes::getRequest);
    }

    private static Optional<ServletRequestAttributes> attributes() {
        return Optional.ofNullable((ServletRequestAttributes) RequestContextHolder.getRequestAttributes());
    }
}
