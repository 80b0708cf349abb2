package io.bursar.stablecoin.web;

import io.bursar.audit.Audit;
import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.outbox.DeliveryView;
import io.bursar.outbox.Endpoints;
import io.bursar.platform.Page;
import io.bursar.platform.Problem;
import io.bursar.shared.IdText;
import io.bursar.stablecoin.ChainTransfersView;
import io.bursar.stablecoin.Merchants;
import io.bursar.stablecoin.Partner;
import io.bursar.stablecoin.PartnerId;
import io.bursar.stablecoin.Partners;
import io.bursar.stablecoin.PaymentFilter;
import io.bursar.stablecoin.PaymentLine;
import io.bursar.stablecoin.PaymentRequest;
import io.bursar.stablecoin.PaymentRequestId;
import io.bursar.stablecoin.PaymentRequests;
import io.bursar.stablecoin.PaymentStatus;
import io.bursar.stablecoin.Payments;
import io.bursar.stablecoin.evm.ChainRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** All payments in the console, and why one of them is paid or not. */
@ConsolePage
@RequestMapping(PaymentPages.PATH)
@Access(Principal.Operator.class)
class PaymentPages {
    static final String PATH = "/console/payments";
    private static final int QUERY_LENGTH_MAX = 200;
    private static final int DELIVERIES_SHOWN = 50;
    private static final int AUDIT_LINES_SHOWN = 50;

    private final Payments payments;
    private final PaymentRequests requests;
    private final Partners partners;
    private final Merchants merchants;
    private final Endpoints endpoints;
    private final Audit audit;

    PaymentPages(
            Payments payments,
            PaymentRequests requests,
            Partners partners,
            Merchants merchants,
            Endpoints endpoints,
            Audit audit) {
        this.payments = payments;
        this.requests = requests;
        this.partners = partners;
        this.merchants = merchants;
        this.endpoints = endpoints;
        this.audit = audit;
    }

    /** A filter that means nothing narrows nothing: the list is for looking, and shows what it was narrowed to. */
    @GetMapping
    String list(
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "") String partner,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String cursor,
            Model model) {
        PaymentFilter filter = new PaymentFilter(
                PartnerId.parse(partner).orElse(null),
                null,
                PaymentStatus.ofWord(status).orElse(null),
                query(q));
        Page<PaymentLine> page =
                payments.list(filter, PaymentRequestId.parse(cursor).orElse(null), Page.LIMIT_DEFAULT);
        model.addAttribute("rows", page.items().stream().map(PaymentRow::of).toList());
        model.addAttribute("count", payments.count(filter));
        model.addAttribute("next", page.next() == null ? null : url(filter, page.next()));
        model.addAttribute("filter", filter);
        model.addAttribute("filtered", !filter.equals(PaymentFilter.ALL));
        model.addAttribute("statuses", PaymentStatus.values());
        model.addAttribute("partners", partners.list());
        return "stablecoin/payments";
    }

    @GetMapping("/{id}")
    String page(@PathVariable String id, Model model) {
        PaymentRequest request = PaymentRequestId.parse(id)
                .flatMap(requests::findOfAnyPartner)
                .orElseThrow(() -> Problem.notFound("payment request").asException());
        Partner partner = partners.find(request.partnerId()).orElseThrow();
        List<ChainTransfersView.Seen> transfers = payments.chainTransfers(request.id());
        List<DeliveryView> deliveries = endpoints
                .deliveries(partner.id().subject(), request.id().subject(), null, DELIVERIES_SHOWN)
                .items();
        PaymentStatus status = payments.status(request);
        model.addAttribute("title", request.id().text());
        model.addAttribute("request", request);
        model.addAttribute("paid", status == PaymentStatus.VERIFIED);
        model.addAttribute("status", StatusWords.of(request, status, transfers));
        model.addAttribute("steps", PaymentSteps.of(request, status, transfers, deliveries));
        model.addAttribute("partner", partner);
        model.addAttribute("merchant", merchants.find(request.merchantId()).orElseThrow());
        model.addAttribute("chain", ChainRegistry.chain(request.chainId()).orElseThrow());
        model.addAttribute(
                "transfers",
                transfers.stream()
                        .map(seen -> ChainTransferJson.of(request, seen))
                        .toList());
        model.addAttribute("postings", payments.postings(request));
        model.addAttribute("book", IdText.of("bok", partner.book().value()));
        model.addAttribute("deliveries", deliveries);
        model.addAttribute(
                "audit",
                audit.entries(request.id().subject(), null, AUDIT_LINES_SHOWN).items());
        return "stablecoin/payment";
    }

    private static @Nullable String query(String q) {
        String words = q.strip();
        return words.isEmpty()
                        || words.length() > QUERY_LENGTH_MAX
                        || words.chars().anyMatch(Character::isISOControl)
                ? null
                : words;
    }

    private static String url(PaymentFilter filter, String cursor) {
        UriComponentsBuilder url = UriComponentsBuilder.fromPath(PATH);
        if (filter.status() != null) {
            url.queryParam("status", filter.status().word());
        }
        if (filter.partner() != null) {
            url.queryParam("partner", filter.partner().text());
        }
        if (filter.query() != null) {
            url.queryParam("q", "{q}");
        }
        url.queryParam("cursor", cursor);
        return filter.query() == null
                ? url.build().toUriString()
                : url.encode().buildAndExpand(filter.query()).toUriString();
    }
}
