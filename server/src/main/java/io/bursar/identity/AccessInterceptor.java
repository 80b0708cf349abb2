package io.bursar.identity;

import io.bursar.platform.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Enforces {@link Access}. A route of ours that declares nothing answers nobody. */
final class AccessInterceptor implements HandlerInterceptor {
    private static final String OUR_PACKAGES = "io.bursar.";

    private final RateLimits limits;
    private final int apiCallsPerMinute;

    AccessInterceptor(RateLimits limits, int apiCallsPerMinute) {
        this.limits = limits;
        this.apiCallsPerMinute = apiCallsPerMinute;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(handler instanceof HandlerMethod method)
                || !method.getBeanType().getName().startsWith(OUR_PACKAGES)) {
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
                yield true;
            }
            case Principal.PartnerKey key -> {
                limits.take("api", key.credentialId().toString(), apiCallsPerMinute);
                yield true;
            }
            case Principal.Public nobody -> true;
        };
    }

    /** What a handler method declares, or its controller for all of them. */
    static @Nullable Access declared(HandlerMethod method) {
        return Optional.ofNullable(method.getMethodAnnotation(Access.class))
                .orElseGet(() -> AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Access.class));
    }

    private static boolean refuseStranger(HttpServletRequest request, HttpServletResponse response, Access access)
            throws IOException {
        boolean page = access.value() == Principal.Operator.class
                && !request.getRequestURI().startsWith("/api/");
        if (!page) {
            throw Problem.of(401, "unauthorized", "This needs a valid API key: Authorization: Bearer bk_live_….")
                    .asException();
        }
        if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", "/login");
        }
        String query = request.getQueryString();
        String next = "GET".equals(request.getMethod())
                ? "?next="
                        + URLEncoder.encode(
                                request.getRequestURI() + (query == null ? "" : "?" + query), StandardCharsets.UTF_8)
                : "";
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", "/login" + next);
        return false;
    }

    private static Problem forbidden() {
        return Problem.of(403, "forbidden", "Your role does not include this. Ask an admin if it should.");
    }
}
