package io.bursar.identity;

import io.bursar.platform.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.ModelAndViewDefiningException;

/**
 * Asks operators again who they are before a risky act, when they last proved it too long ago: for a code when they
 * have a second factor, for the password otherwise. The page that asks carries what was sent, so that nothing is lost.
 */
@Component
class StepUp {
    static final Duration FRESH = Duration.ofMinutes(10);
    private static final String FIELD = "step_up";
    /** Never written into a page: typed again. */
    private static final String PASSWORD = "password";

    private static final Set<String> NOT_CARRIED = Set.of(FIELD, PASSWORD, "_csrf");
    private static final int GIVEN_LENGTH_MAX = 300;

    private final OperatorStore operators;
    private final Passwords passwords;
    private final SecondFactors secondFactors;
    private final LoginLocks locks;
    private final SignIn signIn;
    private final Sessions sessions;
    private final Cookies cookies;
    private final Clock clock;

    StepUp(
            OperatorStore operators,
            Passwords passwords,
            SecondFactors secondFactors,
            LoginLocks locks,
            SignIn signIn,
            Sessions sessions,
            Cookies cookies,
            Clock clock) {
        this.operators = operators;
        this.passwords = passwords;
        this.secondFactors = secondFactors;
        this.locks = locks;
        this.signIn = signIn;
        this.sessions = sessions;
        this.cookies = cookies;
        this.clock = clock;
    }

    /** Returns when the proof is fresh, or was given with this request. Otherwise the answer is the page that asks. */
    void require(Principal.Operator operator, HttpServletRequest request, HttpServletResponse response)
            throws ModelAndViewDefiningException {
        if (Callers.provenAt().plus(FRESH).isAfter(clock.instant())) {
            return;
        }
        if (request.getRequestURI().startsWith("/api/")) {
            throw Problem.of(403, "step_up_required", "This needs a fresh proof of who you are. Do it in the console.")
                    .asException();
        }
        String given = request.getParameter(FIELD);
        Optional<String> refusal =
                given == null ? Optional.of("") : refusal(operator.operatorId(), given, request, response);
        if (refusal.isPresent()) {
            throw new ModelAndViewDefiningException(page(operator, refusal.get(), request));
        }
        cookies.session(request).ifPresent(sessions::proven);
    }

    private Optional<String> refusal(
            UUID operator, String given, HttpServletRequest request, HttpServletResponse response) {
        LoginLocks.Lock lock = signIn.codeLock(operator, cookies.deviceOrNew(request, response));
        Optional<Instant> locked = locks.refusal(lock);
        if (locked.isEmpty() && right(operator, given)) {
            locks.forgive(lock);
            return Optional.empty();
        }
        return locked.or(() -> locks.failed(lock))
                .map(until -> "Too many failed attempts. Try again after " + until + ".")
                .or(() -> Optional.of("That was not right."));
    }

    private boolean right(UUID operator, String given) {
        if (given.length() > GIVEN_LENGTH_MAX) {
            return false;
        }
        return secondFactors.has(operator)
                ? secondFactors.use(operator, given)
                : passwords.match(given, operators.byId(operator).map(OperatorRow::passwordHash));
    }

    private ModelAndView page(Principal.Operator operator, String error, HttpServletRequest request) {
        Map<String, List<String>> carried = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> {
            if (!NOT_CARRIED.contains(name)) {
                carried.put(name, List.of(values));
            }
        });
        ModelAndView page = new ModelAndView(
                "identity/step-up",
                Map.of(
                        "action",
                        request.getRequestURI(),
                        "carried",
                        carried,
                        "passwordAgain",
                        request.getParameter(PASSWORD) != null,
                        "byCode",
                        secondFactors.has(operator.operatorId()),
                        "minutes",
                        FRESH.toMinutes(),
                        "back",
                        back(request),
                        "error",
                        error));
        page.setStatus(HttpStatus.FORBIDDEN);
        return page;
    }

    /** Where the form stood, as far as the browser says. */
    private static String back(HttpServletRequest request) {
        String referer = request.getHeader("Referer");
        try {
            return SignInPage.safe(referer == null ? "" : URI.create(referer).getPath());
        } catch (IllegalArgumentException notAnAddress) {
            return SignInPage.HOME;
        }
    }
}
