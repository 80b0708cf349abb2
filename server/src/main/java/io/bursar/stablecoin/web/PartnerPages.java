package io.bursar.stablecoin.web;

import io.bursar.consolespi.ConsolePage;
import io.bursar.fx.Fx;
import io.bursar.identity.Access;
import io.bursar.identity.KeyOverlap;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.outbox.Endpoints;
import io.bursar.platform.Problem;
import io.bursar.shared.IdText;
import io.bursar.stablecoin.FieldError;
import io.bursar.stablecoin.Invitation;
import io.bursar.stablecoin.Merchants;
import io.bursar.stablecoin.Partner;
import io.bursar.stablecoin.PartnerCreation;
import io.bursar.stablecoin.PartnerForm;
import io.bursar.stablecoin.PartnerId;
import io.bursar.stablecoin.Partners;
import io.bursar.stablecoin.TierChange;
import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.ChainSpec;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The partners in the console: all of them, one of them, and making another. */
@ConsolePage
@RequestMapping("/console/stablecoin")
@Access(Principal.Operator.class)
class PartnerPages {
    private final Partners partners;
    private final Merchants merchants;
    private final Endpoints endpoints;
    private final Fx fx;

    PartnerPages(Partners partners, Merchants merchants, Endpoints endpoints, Fx fx) {
        this.partners = partners;
        this.merchants = merchants;
        this.endpoints = endpoints;
        this.fx = fx;
    }

    @GetMapping({"", "/partners"})
    String list(Principal.Operator operator, Model model) {
        model.addAttribute("partners", partners.list());
        model.addAttribute("count", partners.count());
        model.addAttribute("mayCreate", operator.role().includes(Role.ADMIN));
        return "stablecoin/partners";
    }

    @GetMapping("/partners/new")
    @Access(value = Principal.Operator.class, role = Role.ADMIN)
    String form(Model model) {
        return drawForm(PartnerForm.EMPTY, List.of(), model);
    }

    /** Answers at once instead of redirecting, because the secrets are shown this once and stored nowhere. */
    @PostMapping("/partners")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    String create(PartnerForm form, Principal.Operator operator, HttpServletResponse answer, Model model) {
        PartnerForm given = complete(form);
        return switch (partners.create(given, operator.actor())) {
            case PartnerCreation.Created created -> {
                answer.setStatus(HttpStatus.CREATED.value());
                yield drawSecrets(created.partner(), created.apiKey(), created.webhookSecret(), model);
            }
            case PartnerCreation.Refused refused -> {
                answer.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield drawForm(given, refused.errors(), model);
            }
        };
    }

    @GetMapping("/partners/{id}")
    String page(@PathVariable String id, Principal.Operator operator, Model model) {
        return drawPage(found(id), operator, "", "", List.of(), model);
    }

    @PostMapping("/partners/{id}/merchants")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT)
    Object invite(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String email,
            Principal.Operator operator,
            HttpServletResponse answer,
            Model model) {
        Partner partner = found(id);
        return switch (merchants.invite(partner.id(), name, email, operator.actor())) {
            case Invitation.Sent sent ->
                SeeOther.to(
                        "/console/stablecoin/merchants/" + sent.merchant().id().text());
            case Invitation.Refused refused -> {
                answer.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield drawPage(partner, operator, name, email, refused.errors(), model);
            }
            case Invitation.PartnerUnknown _, Invitation.MerchantUnknown _, Invitation.NotInvited _ ->
                throw Problem.notFound("partner").asException();
        };
    }

    @PostMapping("/partners/{id}/api-keys")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    String issueKey(@PathVariable String id, Principal.Operator operator, HttpServletResponse answer, Model model) {
        Partner partner = found(id);
        answer.setStatus(HttpStatus.CREATED.value());
        return drawSecrets(partner, partners.issueKey(partner.id(), operator.actor()), "", model);
    }

    /** The new secret is shown this once, like that of a new key. */
    @PostMapping("/partners/{id}/api-keys/rotation")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    String rotateKey(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "DAY") String overlap,
            Principal.Operator operator,
            Model model) {
        Partner partner = found(id);
        KeyOverlap chosen = KeyOverlap.of(overlap)
                .orElseThrow(() -> Problem.notFound("overlap").asException());
        String secret = IdText.parse("key", key)
                .flatMap(credential -> partners.rotateKey(partner.id(), credential, chosen, operator.actor()))
                .orElseThrow(() -> Problem.notFound("live API key").asException());
        model.addAttribute("overlap", chosen.words());
        return drawSecrets(partner, secret, "", model);
    }

    @PostMapping("/partners/{id}/api-keys/{keyId}/previous-end")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    Object endPreviousSecret(@PathVariable String id, @PathVariable String keyId, Principal.Operator operator) {
        Partner partner = found(id);
        boolean ended = IdText.parse("key", keyId)
                .map(credential -> partners.endPreviousSecret(partner.id(), credential, operator.actor()))
                .orElse(false);
        if (!ended) {
            throw Problem.notFound("old secret that works").asException();
        }
        return SeeOther.to("/console/stablecoin/partners/" + partner.id().text());
    }

    @PostMapping("/partners/{id}/api-keys/{keyId}/revocation")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    Object revokeKey(@PathVariable String id, @PathVariable String keyId, Principal.Operator operator) {
        Partner partner = found(id);
        boolean revoked = IdText.parse("key", keyId)
                .map(credential -> partners.revokeKey(partner.id(), credential, operator.actor()))
                .orElse(false);
        if (!revoked) {
            throw Problem.notFound("live API key").asException();
        }
        return SeeOther.to("/console/stablecoin/partners/" + partner.id().text());
    }

    /** Holds for payments seen from now on. */
    @PostMapping("/partners/{id}/tier")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    Object changeTier(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String tier,
            @RequestParam(defaultValue = "") String reason,
            Principal.Operator operator,
            HttpServletResponse answer,
            Model model) {
        Partner partner = found(id);
        return switch (partners.changeTier(partner.id(), tier, reason, operator.actor())) {
            case TierChange.Changed _ ->
                SeeOther.to("/console/stablecoin/partners/" + partner.id().text());
            case TierChange.Refused(FieldError error) -> {
                answer.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                yield drawPage(partner, operator, "", "", List.of(error), model);
            }
        };
    }

    private String drawForm(PartnerForm form, List<FieldError> errors, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("errors", FormErrors.byField(errors));
        model.addAttribute("chains", ChainRegistry.chains());
        model.addAttribute("assets", Asset.values());
        model.addAttribute("currencies", fx.currencies());
        model.addAttribute("tiers", TierWords.choices());
        model.addAttribute("tierCost", TierWords.COST);
        model.addAttribute("tierCounts", TierWords.counts());
        return "stablecoin/partner-form";
    }

    private static String drawSecrets(Partner partner, String apiKey, String webhookSecret, Model model) {
        model.addAttribute("partner", partner);
        model.addAttribute("apiKey", apiKey);
        model.addAttribute("webhookSecret", webhookSecret);
        return "stablecoin/partner-secrets";
    }

    private String drawPage(
            Partner partner,
            Principal.Operator operator,
            String name,
            String email,
            List<FieldError> errors,
            Model model) {
        ChainSpec chain = ChainRegistry.chain(partner.chainId()).orElseThrow();
        model.addAttribute("partner", partner);
        model.addAttribute("chain", chain);
        model.addAttribute("tier", TierWords.of(partner.tier(), chain));
        model.addAttribute("tiers", TierWords.choices());
        model.addAttribute("tierCost", TierWords.COST);
        model.addAttribute("merchants", merchants.of(partner.id()));
        model.addAttribute("merchantCount", merchants.count(partner.id()));
        model.addAttribute(
                "keys", partners.keys(partner.id()).stream().map(KeyLine::of).toList());
        model.addAttribute("overlaps", KeyOverlap.values());
        model.addAttribute("endpoints", endpoints.of(partner.id().subject()));
        model.addAttribute("mayInvite", operator.role().includes(Role.SUPPORT));
        model.addAttribute("mayIssue", operator.role().includes(Role.ADMIN));
        model.addAttribute("given", Map.of("name", name, "email", email));
        model.addAttribute("errors", FormErrors.byField(errors));
        return "stablecoin/partner";
    }

    /** A field that was not sent at all is an empty one. */
    private static PartnerForm complete(PartnerForm form) {
        return new PartnerForm(
                text(form.name()),
                text(form.slug()),
                text(form.chain()),
                text(form.asset()),
                text(form.displayCurrency()),
                text(form.minFiatPerRequest()),
                text(form.tier()),
                text(form.webhookUrl()),
                text(form.brandColor()));
    }

    private static String text(@Nullable String field) {
        return field == null ? "" : field;
    }

    private Partner found(String id) {
        return PartnerId.parse(id)
                .flatMap(partners::find)
                .orElseThrow(() -> Problem.notFound("partner").asException());
    }
}
