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
    private static final String HOME = "/console";
    /** Where a sign-in may lead: pages of the console, never another site. */
    private static final Pattern NEXT = Pattern.compile("/console(?:[/?][\\w\\-./?=&%+,:~]*)?");

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
        return switch (signIn.attempt(email, password, device, address)) {
            case SignIn.Answer.SignedIn(String token) -> {
                cookies.session(request).ifPresent(sessions::end);
                cookies.setSession(response, token);
                yield seeOther(safe(next));
            }
            case SignIn.Answer.Refused() -> refused(next, email);
            case SignIn.Answer.Locked(var until) ->
                page(next, email, "Too many failed attempts from here. Try again after " + until + ".", 429);
        };
    }

    @PostMapping("/logout")
    ResponseEntity<Void> leave(HttpServletRequest request, HttpServletResponse response) {
        cookies.session(request).ifPresent(sessions::end);
        cookies.clearSession(response);
        return seeOther("/login");
    }

    private static ModelAndView refused(String next, String email) {
        return page(next, email, "The e-mail address or the password is wrong.", 401);
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

    private static String safe(String next) {
        return next.length() <= NEXT_LENGTH_MAX && NEXT.matcher(next).matches() ? next : HOME;
    }
}
