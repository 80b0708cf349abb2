package io.bursar.identity;

import io.bursar.platform.Problem;
import io.bursar.platform.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndViewDefiningException;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/** Enforces {@link Access}. A route of ours that declares nothing answers nobody. */
final class AccessInterceptor implements HandlerInterceptor {
    /** What is not ours and still answers everybody: assets, and the description of the API. */
    private static final String API_DESCRIPTION = "org.springdoc.webmvc.api";

    private static final int CRON_CALLS_PER_MINUTE = 60;
    private static final Pattern PORTAL_PAGE = Pattern.compile("^/m/[a-z0-9-]+|^/webhooks/[a-z-]+/[0-9a-f-]{36}");

    private final RateLimits limits;
    private final ClientAddress addresses;
    private final StepUp stepUp;
    private final IdentitySettings settings;

    AccessInterceptor(RateLimits limits, ClientAddress addresses, StepUp stepUp, IdentitySettings settings) {
        this.limits = limits;
        this.addresses = addresses;
        this.stepUp = stepUp;
        this.settings = settings;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException, ModelAndViewDefiningException {
        if (!(handler instanceof HandlerMethod method)) {
            if (handler instanceof ResourceHttpRequestHandler) {
                return true;
            }
            // Such as a browser's question whether another site may ask. No advice tells what is thrown for these.
            ProblemWriter.write(request, response, forbidden());
            return false;
        }
        if (open(method)) {
            return true;
        }
        Access access = declared(method);
        Principal caller = Callers.current();
        if (access == null) {
            throw forbidden().asException();
        }
        if (access.value() == Principal.Public.class) {
            return true;
        }
        if (!access.value().isInstance(caller)) {
            return refuseStranger(request, response, access);
        }
        return switch (caller) {
            case Principal.Operator operator -> {
                if (!operator.role().includes(access.role())) {
                    throw forbidden().asException();
                }
                if (access.stepUp()) {
                    stepUp.require(operator, request, response);
                }
                yield true;
            }
            case Principal.PartnerKey key -> {
                limits.take("api", key.credentialId(), settings.apiCallsPerMinute());
                yield true;
            }
            case Principal.LedgerKey key -> {
                limits.take("ledger-api", key.credentialId(), settings.ledgerCallsPerMinute());
                for (Scope scope : access.scopes()) {
                    if (!key.scopes().contains(scope)) {
                        throw scopeMissing(scope).asException();
                    }
                }
                yield true;
            }
            case Principal.Cron cron -> {
                limits.take("cron", "cron", CRON_CALLS_PER_MINUTE);
                yield true;
            }
            case Principal.Merchant merchant -> true;
            case Principal.PortalOwner owner -> true;
            case Principal.Public nobody -> true;
        };
    }

    static boolean open(HandlerMethod method) {
        return method.getBeanType().getPackageName().equals(API_DESCRIPTION)
                || ErrorController.class.isAssignableFrom(method.getBeanType());
    }

    /** What a handler method declares, or its controller for all of them. */
    static @Nullable Access declared(HandlerMethod method) {
        return Optional.ofNullable(method.getMethodAnnotation(Access.class))
                .orElseGet(() -> AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Access.class));
    }

    private boolean refuseStranger(HttpServletRequest request, HttpServletResponse response, Access access)
            throws IOException {
        if (request.getRequestURI().startsWith("/api/")) {
            // Whoever guesses keys is slowed down by address; whoever has one is never counted here.
            limits.take("api-stranger", addresses.of(request), settings.mode().strangersPerMinute());
            String needed = access.value() == Principal.Cron.class
                    ? "This needs the header " + CronSecret.HEADER + " with the secret of the settings."
                    : "This needs a valid API key: Authorization: Bearer bk_live_….";
            throw Problem.of(401, "unauthorized", needed).asException();
        }
        if (request.getHeader("HX-Request") != null) {
            // A redirect would be followed, and the sign-in drawn inside the page.
            response.setHeader("HX-Redirect", signIn(request, access));
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return false;
        }
        String query = request.getQueryString();
        String next = "GET".equals(request.getMethod())
                ? "?next="
                        + URLEncoder.encode(
                                request.getRequestURI() + (query == null ? "" : "?" + query), StandardCharsets.UTF_8)
                : "";
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader(
                "Location", signIn(request, access) + (access.value() == Principal.Operator.class ? next : ""));
        return false;
    }

    private static Problem scopeMissing(Scope scope) {
        String sentence = "This API key does not include the scope " + scope.text() + ".";
        return new Problem(403, "scope_missing", sentence, Map.of("scope", scope.text()));
    }

    /** People of a portal sign in at their tenant, which the beginning of every address of theirs names. */
    private static String signIn(HttpServletRequest request, Access access) {
        boolean portal = access.value() == Principal.Merchant.class || access.value() == Principal.PortalOwner.class;
        Matcher page = PORTAL_PAGE.matcher(request.getRequestURI());
        return portal && page.find() ? page.group() + "/login" : "/login";
    }

    private static Problem forbidden() {
        return Problem.of(403, "forbidden", "Your role does not include this. Ask an admin if it should.");
    }
}
