package io.bursar.outbox;

import io.bursar.identity.Access;
import io.bursar.identity.Principal.PortalOwner;
import io.bursar.outbox.DeliveryListStore.Filter;
import io.bursar.platform.Page;
import io.bursar.platform.Problem;
import io.bursar.shared.IdText;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What those who look after an owner's endpoints see of them and may do. The owner is the caller's and never the
 * address's: another's endpoints and deliveries do not exist here.
 */
@Controller
@RequestMapping("/webhooks/{kind:[a-z-]+}/{id}")
@Access(PortalOwner.class)
class WebhookPortalPages {
    private static final int ATTEMPTS_SHOWN_MAX = 30;

    private final EndpointStore store;
    private final DeliveryListStore lists;
    private final Endpoints endpoints;
    private final TransactionTemplate transactions;

    WebhookPortalPages(
            EndpointStore store, DeliveryListStore lists, Endpoints endpoints, TransactionTemplate transactions) {
        this.store = store;
        this.lists = lists;
        this.endpoints = endpoints;
        this.transactions = transactions;
    }

    @GetMapping
    String home(
            @PathVariable String kind,
            @PathVariable String id,
            @RequestParam Optional<String> cursor,
            PortalOwner caller,
            Model model) {
        String home = home(kind, id, caller);
        Filter all = new Filter(caller.owner(), null, null, null);
        Page<DeliveryView> page = lists.page(all, cursor.orElse(null), Page.LIMIT_DEFAULT);
        model.addAttribute("home", home);
        model.addAttribute("endpoints", store.of(caller.owner()));
        model.addAttribute("deliveries", page.items());
        model.addAttribute("count", lists.count(all));
        model.addAttribute("more", more(home, page.next()));
        return "outbox/portal-home";
    }

    @GetMapping("/endpoints/{endpoint}")
    String endpoint(
            @PathVariable String kind,
            @PathVariable String id,
            @PathVariable String endpoint,
            PortalOwner caller,
            Model model) {
        return shown(home(kind, id, caller), found(endpoint, caller), null, model);
    }

    @PostMapping("/endpoints/{endpoint}/test")
    String test(@PathVariable String kind, @PathVariable String id, @PathVariable String endpoint, PortalOwner caller) {
        return done(
                home(kind, id, caller),
                endpoint,
                caller,
                found -> endpoints.test(caller.owner(), found, caller.actor()));
    }

    @PostMapping("/endpoints/{endpoint}/enable")
    String enable(
            @PathVariable String kind, @PathVariable String id, @PathVariable String endpoint, PortalOwner caller) {
        if ("operator".equals(found(endpoint, caller).disabledReason())) {
            throw Problem.of(409, "disabled_by_operator", "An operator disabled it, and has to enable it again.")
                    .asException();
        }
        return done(
                home(kind, id, caller),
                endpoint,
                caller,
                found -> endpoints.enable(caller.owner(), found, caller.actor(), "by its owner"));
    }

    /** Answers at once instead of redirecting, because the secret is shown this once. */
    @PostMapping("/endpoints/{endpoint}/rotate")
    String rotate(
            @PathVariable String kind,
            @PathVariable String id,
            @PathVariable String endpoint,
            PortalOwner caller,
            Model model) {
        return withSecret(
                home(kind, id, caller),
                endpoint,
                caller,
                model,
                found -> endpoints.rotate(caller.owner(), found, caller.actor()));
    }

    @PostMapping("/endpoints/{endpoint}/revoke")
    String revokeNow(
            @PathVariable String kind,
            @PathVariable String id,
            @PathVariable String endpoint,
            PortalOwner caller,
            Model model) {
        return withSecret(
                home(kind, id, caller),
                endpoint,
                caller,
                model,
                found -> endpoints.revokeNow(caller.owner(), found, caller.actor()));
    }

    @GetMapping("/deliveries/{delivery}")
    String delivery(
            @PathVariable String kind,
            @PathVariable String id,
            @PathVariable String delivery,
            PortalOwner caller,
            Model model) {
        DeliveryView found = foundDelivery(delivery, caller);
        model.addAttribute("home", home(kind, id, caller));
        model.addAttribute("delivery", found);
        model.addAttribute("payload", lists.payload(found.eventId()));
        model.addAttribute("attempts", lists.attempts(found.deliveryId(), ATTEMPTS_SHOWN_MAX));
        return "outbox/portal-delivery";
    }

    @PostMapping("/deliveries/{delivery}/replay")
    String replay(
            @PathVariable String kind, @PathVariable String id, @PathVariable String delivery, PortalOwner caller) {
        String home = home(kind, id, caller);
        DeliveryView found = foundDelivery(delivery, caller);
        transactions.executeWithoutResult(
                status -> endpoints.replay(caller.owner(), found.deliveryId(), caller.actor()));
        return "redirect:" + home + "/deliveries/" + found.idText();
    }

    private String done(String home, String endpoint, PortalOwner caller, Consumer<UUID> act) {
        EndpointView found = found(endpoint, caller);
        transactions.executeWithoutResult(status -> act.accept(found.id()));
        return "redirect:" + home + "/endpoints/" + found.idText();
    }

    private String withSecret(
            String home, String endpoint, PortalOwner caller, Model model, Function<UUID, String> act) {
        UUID found = found(endpoint, caller).id();
        String secret = Objects.requireNonNull(transactions.execute(status -> act.apply(found)));
        return shown(home, found(endpoint, caller), secret, model);
    }

    private String shown(String home, EndpointView endpoint, @Nullable String secret, Model model) {
        Filter ofThis = new Filter(endpoint.owner(), null, null, endpoint.id());
        model.addAttribute("home", home);
        model.addAttribute("endpoint", endpoint);
        model.addAttribute("secret", secret);
        model.addAttribute(
                "deliveries", lists.page(ofThis, null, Page.LIMIT_DEFAULT).items());
        model.addAttribute("count", lists.count(ofThis));
        return "outbox/portal-endpoint";
    }

    /** Another owner's address does not exist for them. */
    private static String home(String kind, String id, PortalOwner caller) {
        if (!caller.owner().equals(kind + "/" + id)) {
            throw Problem.notFound("page").asException();
        }
        return WebhookPortal.home(caller.owner());
    }

    private EndpointView found(String id, PortalOwner caller) {
        return IdText.parse("end", id)
                .flatMap(endpoint -> store.find(caller.owner(), endpoint))
                .orElseThrow(() -> Problem.notFound("endpoint").asException());
    }

    private DeliveryView foundDelivery(String id, PortalOwner caller) {
        return IdText.parse("dlv", id)
                .flatMap(delivery -> lists.find(caller.owner(), delivery))
                .orElseThrow(() -> Problem.notFound("delivery").asException());
    }

    private static @Nullable String more(String home, @Nullable String cursor) {
        return cursor == null ? null : home + "?cursor=" + cursor;
    }
}
