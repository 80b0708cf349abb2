package io.bursar.stablecoin.web;

import io.bursar.identity.Access;
import io.bursar.identity.ClientAddress;
import io.bursar.identity.Principal;
import io.bursar.identity.RateLimits;
import io.bursar.stablecoin.Acceptance;
import io.bursar.stablecoin.Invites;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where the link in an invitation leads. Looking changes nothing, so that a mail scanner accepts nothing. */
@Controller
@RequestMapping("/invite/{token}")
@Access(Principal.Public.class)
class InvitePage {
    private static final int VIEWS_PER_MINUTE = 30;

    private final Invites invites;
    private final RateLimits limits;
    private final ClientAddress clients;

    InvitePage(Invites invites, RateLimits limits, ClientAddress clients) {
        this.invites = invites;
        this.limits = limits;
        this.clients = clients;
    }

    @GetMapping
    String look(@PathVariable String token, HttpServletRequest http, HttpServletResponse answer, Model model) {
        limits.take("invite-view", clients.of(http), VIEWS_PER_MINUTE);
        return draw(invites.look(token), token, answer, model);
    }

    /** Answers at once instead of redirecting: the link is used now and would show nothing else. */
    @PostMapping
    String accept(@PathVariable String token, HttpServletRequest http, HttpServletResponse answer, Model model) {
        limits.take("invite-view", clients.of(http), VIEWS_PER_MINUTE);
        return draw(invites.accept(token), token, answer, model);
    }

    private static String draw(Acceptance acceptance, String token, HttpServletResponse answer, Model model) {
        return switch (acceptance) {
            case Acceptance.Open open -> {
                model.addAttribute("brand", Brand.of(open.partner()));
                model.addAttribute("token", token);
                model.addAttribute("open", open);
                yield "stablecoin/invite";
            }
            case Acceptance.Accepted accepted -> {
                model.addAttribute("brand", Brand.of(accepted.partner()));
                model.addAttribute("accepted", accepted);
                yield "stablecoin/invite-accepted";
            }
            case Acceptance.Unknown _ ->
                refused(
                        HttpStatus.NOT_FOUND,
                        "There is no such invitation",
                        "The link is incomplete or wrong. Open it from the mail again, or copy all of it.",
                        answer,
                        model);
            case Acceptance.Superseded _ ->
                refused(
                        HttpStatus.GONE,
                        "This invitation was replaced",
                        "A newer one was sent to you. Use the link in the latest mail.",
                        answer,
                        model);
            case Acceptance.Used used -> {
                model.addAttribute("at", used.acceptedAt());
                yield refused(
                        HttpStatus.GONE,
                        "This invitation was accepted already",
                        "It works once. If that was not you, tell whoever invited you.",
                        answer,
                        model);
            }
            case Acceptance.Withdrawn _ ->
                refused(HttpStatus.GONE, "This invitation was withdrawn", "Ask whoever invited you.", answer, model);
            case Acceptance.Expired expired -> {
                model.addAttribute("at", expired.expiredAt());
                yield refused(
                        HttpStatus.GONE,
                        "This invitation has expired",
                        "Ask whoever invited you to send it again.",
                        answer,
                        model);
            }
        };
    }

    private static String refused(
            HttpStatus status, String title, String sentence, HttpServletResponse answer, Model model) {
        answer.setStatus(status.value());
        model.addAttribute("title", title);
        model.addAttribute("sentence", sentence);
        return "stablecoin/invite-refused";
    }
}
