package io.bursar.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
@Access(Principal.Public.class)
class SignInPage {
    static final String HOME = "/console";
    /** Where a sign-in may lead: pages of the console, never another site. */
    private static final Pattern NEXT = Pattern.compile("/console(?:[/?][\\w\\-./?=&%+,:~]*)?");

    private static final Pattern PORTAL_SIGN_IN =
            Pattern.compile("/m/[a-z0-9-]{1,40}/login|/webhooks/[a-z-]{1,40}/[0-9a-f-]{36}/login");
    private static final int NEXT_LENGTH_MAX = 500;
    private static final int FIELD_LENGTH_MAX = 300;

    private final SignIn signIn;
    private final Sessions sessions;
    private final Cookies cookies;
    private final ClientAddress addresses;
    private final RateLimits limits;
    private final int perMinute;

    SignInPage(
            SignIn signIn,
            Sessions sessions,
            Cookies cookies,
            ClientAddress addresses,
            RateLimits limits,
            IdentitySettings settings) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.cookies = cookies;
        this.addresses = addresses;
        this.limits = limits;
        this.perMinute = settings.mode().signInsPerMinute();
    }

    @GetMapping("/login")
    Object form(@RequestParam(defaultValue = HOME) String next) {
        return Callers.current() instanceof Principal.Operator ? seeOther(safe(next)) : page(next, "", "", 200);
    }

    @PostMapping("/login")
    Object attempt(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = HOME) String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        String address = addresses.of(request);
        String device = cookies.deviceOrNew(request, response);
        limits.take("login", signIn.countedAs(email, device, address), perMinute);
        if (email.length() > FIELD_LENGTH_MAX || password.length() > FIELD_LENGTH_MAX) {
            return refused(next, email);
        }
        return answer(signIn.attempt(email, password, device, address), next, refused(next, email), request, response);
    }

    @PostMapping("/login/code")
    Object code(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = HOME) String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        String device = cookies.deviceOrNew(request, response);
        limits.take("login-code", signIn.countedAsHalfway(token, device, addresses.of(request)), perMinute);
        return answer(
                signIn.code(token, code, device),
                next,
                codePage(next, token, "This code is wrong, or was used before. Wait for the next one.", 401),
                request,
                response);
    }

    private Object answer(
            SignIn.Answer answer,
            String next,
            ModelAndView refused,
            HttpServletRequest request,
            HttpServletResponse response) {
        return switch (answer) {
            case SignIn.Answer.SignedIn(String token) -> {
                cookies.session(request).ifPresent(sessions::end);
                cookies.setSession(response, token, Sessions.LIFE_MAX);
                yield seeOther(safe(next));
            }
            case SignIn.Answer.CodeNeeded(String token) -> codePage(next, token, "", 200);
            case SignIn.Answer.Refused() -> refused;
            case SignIn.Answer.Locked(var until) ->
                page(next, "", "Too many failed attempts from here. Try again after " + until + ".", 429);
            case SignIn.Answer.Late() -> page(next, "", "That took too long. Sign in with your password again.", 401);
        };
    }

    /** Merchants say where they came in, so that they find back. */
    @PostMapping("/logout")
    ResponseEntity<Void> leave(
            @RequestParam(defaultValue = "/login") String to,
            HttpServletRequest request,
            HttpServletResponse response) {
        cookies.session(request).ifPresent(sessions::end);
        cookies.clearSession(response);
        return seeOther(PORTAL_SIGN_IN.matcher(to).matches() ? to : "/login");
    }

    private static ModelAndView refused(String next, String email) {
        return page(next, email, "The e-mail address or the password is wrong.", 401);
    }

    private static ModelAndView codePage(String next, String token, String error, int status) {
        ModelAndView page =
                new ModelAndView("identity/code", Map.of("next", safe(next), "token", token, "error", error));
        page.setStatus(HttpStatus.valueOf(status));
        return page;
    }

    private static ModelAndView page(String next, String email, String error, int status) {
        ModelAndView page =
                new ModelAndView("identity/login", Map.of("next", safe(next), "email", email, "error", error));
        page.setStatus(HttpStatus.valueOf(status));
        return page;
    }

    private static ResponseEntity<Void> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }

    static String safe(String next) {
        return next.length() <= NEXT_LENGTH_MAX && NEXT.matcher(next).matches() ? next : HOME;
    }
}
