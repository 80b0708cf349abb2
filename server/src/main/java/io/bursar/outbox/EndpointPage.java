package io.bursar.outbox;

import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.outbox.DeliveryListStore.Filter;
import io.bursar.platform.Page;
import io.bursar.platform.Problem;
import io.bursar.shared.IdText;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One endpoint and what an operator may do about it. A new secret is on the page that made it and on no other. */
@ConsolePage
@RequestMapping("/console/webhooks/endpoints/{id}")
class EndpointPage {
    private static final int REASON_LENGTH_MAX = 500;

    private final EndpointStore store;
    private final DeliveryListStore lists;
    private final Endpoints endpoints;
    private final Contacts contacts;
    private final TransactionTemplate transactions;

    EndpointPage(
            EndpointStore store,
            DeliveryListStore lists,
            Endpoints endpoints,
            Contacts contacts,
            TransactionTemplate transactions) {
        this.store = store;
        this.lists = lists;
        this.endpoints = endpoints;
        this.contacts = contacts;
        this.transactions = transactions;
    }

    @GetMapping
    @Access(Principal.Operator.class)
    String endpoint(@PathVariable String id, Model model) {
        return shown(found(id).id(), model);
    }

    @PostMapping("/test")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT)
    String test(@PathVariable String id, Principal.Operator operator) {
        return done(id, endpoint -> endpoints.test(endpoint.owner(), endpoint.id(), operator.actor()));
    }

    @PostMapping("/disable")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT)
    String disable(@PathVariable String id, @RequestParam String reason, Principal.Operator operator) {
        String given = checked(reason);
        return done(id, endpoint -> endpoints.disable(endpoint.owner(), endpoint.id(), operator.actor(), given));
    }

    @PostMapping("/enable")
    @Access(value = Principal.Operator.class, role = Role.SUPPORT)
    String enable(@PathVariable String id, @RequestParam String reason, Principal.Operator operator) {
        String given = checked(reason);
        return done(id, endpoint -> endpoints.enable(endpoint.owner(), endpoint.id(), operator.actor(), given));
    }

    @PostMapping("/url")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    String replaceUrl(@PathVariable String id, @RequestParam String url, Principal.Operator operator, Model model) {
        Optional<String> refusal = endpoints.refusal(url.strip());
        if (refusal.isPresent()) {
            model.addAttribute("urlRefusal", refusal.get());
            model.addAttribute("urlGiven", url);
            return shown(found(id).id(), model);
        }
        return done(
                id, endpoint -> endpoints.replaceUrl(endpoint.owner(), endpoint.id(), url.strip(), operator.actor()));
    }

    @PostMapping("/rotate")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    String rotate(@PathVariable String id, Principal.Operator operator, Model model) {
        return withSecret(id, model, endpoint -> endpoints.rotate(endpoint.owner(), endpoint.id(), operator.actor()));
    }

    @PostMapping("/revoke")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    String revokeNow(@PathVariable String id, Principal.Operator operator, Model model) {
        return withSecret(
                id, model, endpoint -> endpoints.revokeNow(endpoint.owner(), endpoint.id(), operator.actor()));
    }

    /** They may sign in from then on, and so this takes as much as giving out a key. */
    @PostMapping("/contacts")
    @Access(value = Principal.Operator.class, role = Role.ADMIN, stepUp = true)
    String addContact(@PathVariable String id, @RequestParam String email, Principal.Operator operator, Model model) {
        EndpointView endpoint = found(id);
        Optional<String> refusal = Objects.requireNonNull(
                transactions.execute(status -> contacts.add(endpoint.owner(), email, operator.actor())));
        if (refusal.isPresent()) {
            model.addAttribute("contactRefusal", refusal.get());
            model.addAttribute("contactGiven", email);
            return shown(endpoint.id(), model);
        }
        return "redirect:/console/webhooks/endpoints/" + endpoint.idText();
    }

    @PostMapping("/contacts/{contact}/removal")
    @Access(value = Principal.Operator.class, role = Role.ADMIN)
    String removeContact(@PathVariable String id, @PathVariable String contact, Principal.Operator operator) {
        UUID contactId = IdText.parse("con", contact)
                .orElseThrow(() -> Problem.notFound("contact").asException());
        return done(id, endpoint -> contacts.remove(endpoint.owner(), contactId, operator.actor()));
    }

    private String done(String id, Consumer<EndpointView> act) {
        EndpointView endpoint = found(id);
        transactions.executeWithoutResult(status -> act.accept(endpoint));
        return "redirect:/console/webhooks/endpoints/" + endpoint.idText();
    }

    private String withSecret(String id, Model model, Function<EndpointView, String> act) {
        EndpointView endpoint = found(id);
        model.addAttribute("secret", Objects.requireNonNull(transactions.execute(status -> act.apply(endpoint))));
        return shown(endpoint.id(), model);
    }

    private String shown(UUID id, Model model) {
        EndpointView endpoint = store.find(id).orElseThrow();
        model.addAttribute("endpoint", endpoint);
        model.addAttribute("contacts", contacts.of(endpoint.owner()));
        model.addAttribute("portal", WebhookPortal.signIn(endpoint.owner()));
        Filter ofThis = new Filter(endpoint.owner(), null, null, id);
        model.addAttribute(
                "deliveries", lists.page(ofThis, null, Page.LIMIT_DEFAULT).items());
        model.addAttribute("count", lists.count(ofThis));
        return "outbox/endpoint";
    }

    private EndpointView found(String id) {
        return IdText.parse("end", id)
                .flatMap(store::find)
                .orElseThrow(() -> Problem.notFound("endpoint").asException());
    }

    private static String checked(String reason) {
        String given = reason.strip();
        if (given.isEmpty() || given.length() > REASON_LENGTH_MAX) {
            throw Problem.field(
                            "reason",
                            "reason_invalid",
                            "A reason of 1 to " + REASON_LENGTH_MAX + " characters is needed.")
                    .asException();
        }
        return given;
    }
}
