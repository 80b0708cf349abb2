package io.bursar.identity;

import io.bursar.platform.PublicUrl;
import io.bursar.platform.Secrets;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/** The two cookies there are: the session's, and one that tells browsers apart. No script can read either. */
@Component
class Cookies {
    private static final String SESSION = "bursar_session";
    private static final String DEVICE = "bursar_device";
    private static final Duration DEVICE_LIFE = Duration.ofDays(365);
    private static final int DEVICE_BYTES = 16;
    private static final int VALUE_LENGTH_MAX = 64;

    private final PublicUrl publicUrl;
    private final Secrets secrets;

    Cookies(PublicUrl publicUrl, Secrets secrets) {
        this.publicUrl = publicUrl;
        this.secrets = secrets;
    }

    Optional<String> session(HttpServletRequest request) {
        return value(request, SESSION);
    }

    Optional<String> device(HttpServletRequest request) {
        return request.getAttribute(DEVICE) instanceof String given ? Optional.of(given) : value(request, DEVICE);
    }

    /** The browser's own value, given to it with this answer when it has none yet. */
    String deviceOrNew(HttpServletRequest request, HttpServletResponse response) {
        return device(request).orElseGet(() -> {
            String fresh = Base64.getUrlEncoder().withoutPadding().encodeToString(secrets.randomBytes(DEVICE_BYTES));
            request.setAttribute(DEVICE, fresh);
            set(response, DEVICE, fresh, DEVICE_LIFE);
            return fresh;
        });
    }

    void setSession(HttpServletResponse response, String token, Duration life) {
        set(response, SESSION, token, life);
    }

    void clearSession(HttpServletResponse response) {
        set(response, SESSION, "", Duration.ZERO);
    }

    private void set(HttpServletResponse response, String name, String value, Duration life) {
        ResponseCookie cookie = ResponseCookie.from(name, value)
                .path("/")
                .httpOnly(true)
                .secure(publicUrl.secure())
                .sameSite("Lax")
                .maxAge(life)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    private static Optional<String> value(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                String value = cookie.getValue();
                if (cookie.getName().equals(name) && !value.isEmpty() && value.length() <= VALUE_LENGTH_MAX) {
                    return Optional.of(value);
                }
            }
        }
        return Optional.empty();
    }
}
