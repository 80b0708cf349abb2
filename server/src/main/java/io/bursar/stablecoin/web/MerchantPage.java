package io.bursar.stablecoin.web;

import io.bursar.audit.Audit;
import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.platform.Problem;
import io.bursar.stablecoin.Invitation;
import io.bursar.stablecoin.Merchant;
import io.bursar.stablecoin.MerchantId;
import io.bursar.stablecoin.Merchants;
import io.bursar.stablecoin.Partner;
import io.bursar.stablecoin.Partners;
import io.bursar.stablecoin.PaymentFilter;
import io.bursar.stablecoin.Payments;
import io.bursar.stablecoin.WalletBalances;
import io.bursar.stablecoin.evm.ChainRegistry;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** One merchant in the console: its state, its wallet, its latest payments. */
@ConsolePage
@RequestMapping("/console/stablecoin/merchants/{id}")
@Access(Principal.Operator.class)
class MerchantPage {
    private static final int PAYMENTS_SHOWN = 20;
    private static final int AUDIT_LINES_SHOWN = 50;

    private final Merchants merchants;
    private final Partners partners;
    private final Payments payments;
    private final WalletBalances balances;
    private final Audit audit;

    MerchantPage(Merchants merchants, Partners partners, Payments payments, WalletBalances balances, Audit audit) {
        this.merchants = merchants;
        this.partners = partners;
        this.payments = payments;
        this.balances = balances;
        this.audit = audit;
    }

    @GetMapping
    String page(@PathVariable String id, Principal.Operator operator, Model model) {
        Merchant merchant = found(id);
        Partner partner = partners.find(merchant.partnerId()).orElseThrow();
        model.addAttribute("merchant", merchant);
        model.addAttribute("partner", partner);
        model.addAttribute("chain", ChainRegistry.chain(partner.chainId()).orElseThrow());
        model.addAttribute("invitedUntil", merchants.invitedUntil(merchant.id()).orElse(null));
        model.addAttribute("balance", balances.of(partner, merchant).orElse(null));
        model.addAttribute(
                "payments",
                payments.list(PaymentFilter.of(merchant.id()), null, PAYMENTS_SHOWN).items().stream()
                        .map(PaymentRow::of)
                        .toList());
        model.addAttribute(
                "audit",
                audit.entries(merchant.id().subject(), null, AUDIT_LINES_SHOWN).items());
        model.addAttribute("mayInvite", operator.role().includes(Role.SUPPORT));
        return "stablecoin/merchant";
    }

    @PostMapping("/invitation")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT)
    Object inviteAgain(@PathVariable String id, Principal.Operator operator) {
        Merchant merchant = found(id);
        return switch (merchants.inviteAgain(merchant.id(), operator.actor())) {
            case Invitation.Sent _ ->
                SeeOther.to("/console/stablecoin/merchants/" + merchant.id().text());
            case Invitation.NotInvited _ ->
                throw Problem.of(409, "merchant_not_invited", "There is no open invitation to send again.")
                        .asException();
            case Invitation.Refused _, Invitation.PartnerUnknown _, Invitation.MerchantUnknown _ ->
                throw Problem.notFound("merchant").asException();
        };
    }

    private Merchant found(String id) {
        return MerchantId.parse(id)
                .flatMap(merchants::find)
                .orElseThrow(() -> Problem.notFound("merchant").asException());
    }
}
