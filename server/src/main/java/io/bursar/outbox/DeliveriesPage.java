package io.bursar.outbox;

import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.outbox.DeliveryListStore.Filter;
import io.bursar.platform.Page;
import io.bursar.platform.Problem;
import io.bursar.shared.IdText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Webhooks out: endpoints, deliveries, and one delivery with everything that was tried. */
@ConsolePage
@RequestMapping("/console/webhooks")
class DeliveriesPage {
    private static final int ENDPOINTS_SHOWN_MAX = 50;
    private static final int ATTEMPTS_SHOWN_MAX = 100;
    private static final List<String> STATUSES = List.of("pending", "delivered", "failed");

    private final EndpointStore endpointStore;
    private final DeliveryListStore lists;
    private final Endpoints endpoints;
    private final TransactionTemplate transactions;

    DeliveriesPage(
            EndpointStore endpointStore,
            DeliveryListStore lists,
            Endpoints endpoints,
            TransactionTemplate transactions) {
        this.endpointStore = endpointStore;
        this.lists = lists;
        this.endpoints = endpoints;
        this.transactions = transactions;
    }

    @GetMapping
    @Access(Principal.Operator.class)
    String list(
            @RequestParam Optional<String> status,
            @RequestParam Optional<String> owner,
            @RequestParam Optional<String> cursor,
            Model model) {
        Filter filter = new Filter(
                owner.map(String::strip).filter(text -> !text.isEmpty()).orElse(null),
                null,
                status.filter(STATUSES::contains).orElse(null),
                null);
        Page<DeliveryView> page = lists.page(filter, cursor.orElse(null), Page.LIMIT_DEFAULT);
        List<EndpointView> shown =
                filter.owner() == null ? endpointStore.newest(ENDPOINTS_SHOWN_MAX) : endpointStore.of(filter.owner());
        model.addAttribute("endpoints", shown);
        model.addAttribute("endpointCount", filter.owner() == null ? endpointStore.count() : shown.size());
        model.addAttribute("deliveries", page.items());
        model.addAttribute("count", lists.count(filter));
        model.addAttribute("filter", filter);
        model.addAttribute("statuses", STATUSES);
        model.addAttribute("more", more(filter, page.next()));
        return "outbox/webhooks";
    }

    @GetMapping("/deliveries/{id}")
    @Access(Principal.Operator.class)
    String delivery(@PathVariable String id, Model model) {
        DeliveryView delivery = found(id);
        model.addAttribute("delivery", delivery);
        model.addAttribute("payload", lists.payload(delivery.eventId()));
        model.addAttribute("attempts", lists.attempts(delivery.deliveryId(), ATTEMPTS_SHOWN_MAX));
        return "outbox/delivery";
    }

    @PostMapping("/deliveries/{id}/replay")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT)
    String replay(@PathVariable String id, Principal.Operator operator) {
        DeliveryView delivery = found(id);
        transactions.executeWithoutResult(
                status -> endpoints.replay(delivery.owner(), delivery.deliveryId(), operator.actor()));
        return "redirect:/console/webhooks/deliveries/" + delivery.idText();
    }

    private DeliveryView found(String id) {
        return IdText.parse("dlv", id)
                .flatMap(lists::find)
                .orElseThrow(() -> Problem.notFound("delivery").asException());
    }

    private static @Nullable String more(Filter filter, @Nullable String cursor) {
        return cursor == null
                ? null
                : UriComponentsBuilder.fromPath("/console/webhooks")
                        .queryParamIfPresent("status", Optional.ofNullable(filter.status()))
                        .queryParamIfPresent("owner", Optional.ofNullable(filter.owner()))
                        .queryParam("cursor", cursor)
                        .encode()
                        .toUriString();
    }
}
