package io.bursar.stablecoin.web;

import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.platform.Problem;
import io.bursar.stablecoin.Merchant;
import io.bursar.stablecoin.MerchantId;
import io.bursar.stablecoin.Merchants;
import io.bursar.stablecoin.Partner;
import io.bursar.stablecoin.Partners;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** What a merchant who has signed in sees first. */
@Controller
@RequestMapping("/m/{slug}")
@Access(Principal.Merchant.class)
class MerchantHome {
    private final Partners partners;
    private final Merchants merchants;

    MerchantHome(Partners partners, Merchants merchants) {
        this.partners = partners;
        this.merchants = merchants;
    }

    /** Another partner's address does not exist for them. */
    @GetMapping
    String home(@PathVariable String slug, Principal.Merchant caller, Model model) {
        Partner partner = partners.bySlug(slug)
                .filter(found -> found.id().value().equals(caller.partnerId()))
                .orElseThrow(() -> Problem.notFound("page").asException());
        Merchant merchant = merchants.find(new MerchantId(caller.merchantId())).orElseThrow();
        model.addAttribute("brand", Brand.of(partner));
        model.addAttribute("partner", partner);
        model.addAttribute("merchant", merchant);
        return "stablecoin/merchant-home";
    }
}
