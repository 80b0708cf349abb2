package io.bursar.stablecoin.web;

import io.bursar.identity.Access;
import io.bursar.identity.ClientAddress;
import io.bursar.identity.Principal;
import io.bursar.identity.RateLimits;
import io.bursar.platform.Gatekeeper;
import io.bursar.platform.Problem;
import io.bursar.stablecoin.Merchant;
import io.bursar.stablecoin.Merchants;
import io.bursar.stablecoin.Partners;
import io.bursar.stablecoin.PaymentGates;
import io.bursar.stablecoin.PaymentRequest;
import io.bursar.stablecoin.PaymentRequestId;
import io.bursar.stablecoin.PaymentRequests;
import io.bursar.stablecoin.Payments;
import io.bursar.stablecoin.evm.TxHash;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a customer sees: how to pay a request, and what became of it, live. */
@Controller
@RequestMapping("/pay/{id}")
@Access(Principal.Public.class)
class PayPage {
    private static final int VIEWS_PER_MINUTE = 60;
    /** A page asks every two seconds; several customers may share an address. */
    private static final int STATUS_CALLS_PER_MINUTE = 240;

    private static final int PROOFS_PER_MINUTE = 10;

    private final PaymentRequests requests;
    private final Payments payments;
    private final Merchants merchants;
    private final Partners partners;
    private final RateLimits limits;
    private final ClientAddress clients;
    private final Gatekeeper gates;
    private final Clock clock;

    PayPage(
            PaymentRequests requests,
            Payments payments,
            Merchants merchants,
            Partners partners,
            RateLimits limits,
            ClientAddress clients,
            Gatekeeper gates,
            Clock clock) {
        this.requests = requests;
        this.payments = payments;
        this.merchants = merchants;
        this.partners = partners;
        this.limits = limits;
        this.clients = clients;
        this.gates = gates;
        this.clock = clock;
    }

    @GetMapping
    String page(@PathVariable String id, HttpServletRequest http, Model model) {
        limits.take("pay-view", clients.of(http), VIEWS_PER_MINUTE);
        return draw(found(id), null, model);
    }

    /**
     * The status alone. Nothing is answered while the page shows it already, so that nothing is read out again; when
     * the page as a whole has changed, its whole content takes the place of the old, without loading anything anew.
     */
    @GetMapping("/status")
    Object status(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String shown,
            @RequestParam(required = false) @Nullable Boolean payable,
            HttpServletRequest http,
            HttpServletResponse answer,
            Model model) {
        limits.take("pay-status", clients.of(http), STATUS_CALLS_PER_MINUTE);
        PayView view = view(found(id));
        if (payable != null && payable != view.payable()) {
            answer.setHeader("HX-Retarget", "main");
            answer.setHeader("HX-Reswap", "outerHTML");
            model.addAttribute("pay", view);
            model.addAttribute("scripted", true);
            return "stablecoin/pay :: main";
        }
        if (view.statusKey().equals(shown)) {
            return ResponseEntity.noContent().build();
        }
        model.addAttribute("pay", view);
        return "stablecoin/pay :: status";
    }

    @PostMapping("/proof")
    Object attachProof(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String txHash,
            HttpServletRequest http,
            HttpServletResponse answer,
            Model model) {
        limits.take("pay-proof", clients.of(http), PROOFS_PER_MINUTE);
        PaymentRequest request = found(id);
        Optional<TxHash> tx = TxHash.parse(txHash.strip());
        if (tx.isEmpty()) {
            answer.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return draw(request, "A transaction hash is 0x and 64 letters and digits.", model);
        }
        if (!gates.isOpen(PaymentGates.VERIFICATION)) {
            answer.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
            answer.setHeader("Retry-After", Integer.toString(Gatekeeper.RETRY_SECONDS));
            return draw(
                    request, "Payments are not being checked for a while. What you paid is found afterwards.", model);
        }
        requests.attachProof(request.id(), tx.get(), new Principal.Public().actor());
        return SeeOther.to("/pay/" + request.id().text());
    }

    private String draw(PaymentRequest request, @Nullable String error, Model model) {
        model.addAttribute(
                "brand", partners.find(request.partnerId()).map(Brand::of).orElseThrow());
        model.addAttribute("pay", view(request));
        model.addAttribute("error", error);
        return "stablecoin/pay";
    }

    private PayView view(PaymentRequest request) {
        Merchant merchant = merchants.find(request.merchantId()).orElseThrow();
        return PayView.of(
                request, merchant, payments.status(request), payments.chainTransfers(request.id()), clock.instant());
    }

    private PaymentRequest found(String id) {
        return PaymentRequestId.parse(id)
                .flatMap(requests::findOfAnyPartner)
                .orElseThrow(() -> Problem.notFound("payment request").asException());
    }
}
