package io.bursar.stablecoin.web;

import io.bursar.identity.Access;
import io.bursar.identity.PortalSignIn;
import io.bursar.identity.Principal;
import io.bursar.platform.Problem;
import io.bursar.stablecoin.MerchantPortal;
import io.bursar.stablecoin.Partner;
import io.bursar.stablecoin.Partners;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where merchants of a partner sign in. What it answers never says which addresses are known. */
@Controller
@RequestMapping("/m/{slug}/login")
@Access(Principal.Public.class)
class MerchantSignInPage {
    private final Partners partners;
    private final PortalSignIn signIn;

    MerchantSignInPage(Partners partners, PortalSignIn signIn) {
        this.partners = partners;
        this.signIn = signIn;
    }

    @GetMapping
    String form(@PathVariable String slug, Model model) {
        model.addAttribute("brand", Brand.of(found(slug)));
        model.addAttribute("slug", slug);
        return "stablecoin/merchant-login";
    }

    @PostMapping
    String ask(
            @PathVariable String slug,
            @RequestParam(defaultValue = "") String email,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Partner partner = found(slug);
        signIn.ask(MerchantPortal.NAME, partner.id().value(), email, request, response);
        return codePage(partner, email, "", model);
    }

    @PostMapping("/code")
    Object enter(
            @PathVariable String slug,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Partner partner = found(slug);
        return switch (signIn.enter(MerchantPortal.NAME, partner.id().value(), email, code, request, response)) {
            case PortalSignIn.Answer.SignedIn _ -> SeeOther.to("/m/" + slug);
            case PortalSignIn.Answer.Refused _ -> {
                response.setStatus(HttpStatus.UNAUTHORIZED.value());
                yield codePage(partner, email, "This code is wrong, too old, or from another browser.", model);
            }
            case PortalSignIn.Answer.Locked(var until) -> {
                response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
                yield codePage(partner, email, "Too many failed attempts. Try again after " + until + ".", model);
            }
        };
    }

    private static String codePage(Partner partner, String email, String error, Model model) {
        model.addAttribute("brand", Brand.of(partner));
        model.addAttribute("slug", partner.slug());
        model.addAttribute("email", email);
        model.addAttribute("error", error);
        return "stablecoin/merchant-code";
    }

    private Partner found(String slug) {
        return partners.bySlug(slug).orElseThrow(() -> Problem.notFound("page").asException());
    }
}
