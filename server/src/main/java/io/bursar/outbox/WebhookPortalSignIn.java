package io.bursar.outbox;

import io.bursar.identity.Access;
import io.bursar.identity.PortalSignIn;
import io.bursar.identity.Principal;
import io.bursar.platform.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where contacts sign in. It looks the same for every owner, also for one that does not exist. */
@Controller
@RequestMapping("/webhooks/{kind:[a-z-]+}/{id}/login")
@Access(Principal.Public.class)
class WebhookPortalSignIn {
    private final PortalSignIn signIn;

    WebhookPortalSignIn(PortalSignIn signIn) {
        this.signIn = signIn;
    }

    @GetMapping
    String form(@PathVariable String kind, @PathVariable String id, Model model) {
        model.addAttribute("home", home(kind, id));
        return "outbox/portal-login";
    }

    @PostMapping
    String ask(
            @PathVariable String kind,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String email,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String home = home(kind, id);
        signIn.ask(WebhookPortal.NAME, tenant(id), email, request, response);
        return codePage(home, email, "", model);
    }

    @PostMapping("/code")
    Object enter(
            @PathVariable String kind,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String home = home(kind, id);
        return switch (signIn.enter(WebhookPortal.NAME, tenant(id), email, code, request, response)) {
            case PortalSignIn.Answer.SignedIn _ -> "redirect:" + home;
            case PortalSignIn.Answer.Refused _ -> {
                response.setStatus(HttpStatus.UNAUTHORIZED.value());
                yield codePage(home, email, "This code is wrong, too old, or from another browser.", model);
            }
            case PortalSignIn.Answer.Locked(var until) -> {
                response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
                yield codePage(home, email, "Too many failed attempts. Try again after " + until + ".", model);
            }
        };
    }

    private static String codePage(String home, String email, String error, Model model) {
        model.addAttribute("home", home);
        model.addAttribute("email", email);
        model.addAttribute("error", error);
        return "outbox/portal-code";
    }

    private static String home(String kind, String id) {
        return WebhookPortal.home(kind + "/" + tenant(id));
    }

    private static UUID tenant(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException none) {
            throw Problem.notFound("page").asException();
        }
    }
}
