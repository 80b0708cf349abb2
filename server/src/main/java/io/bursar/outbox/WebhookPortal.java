package io.bursar.outbox;

import io.bursar.identity.Portal;
import io.bursar.identity.Principal;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Contacts sign in with a code by mail, each at the owner whose endpoints they look after. */
@Component
class WebhookPortal implements Portal {
    static final String NAME = "webhooks";

    private final ContactStore contacts;

    WebhookPortal(ContactStore contacts) {
        this.contacts = contacts;
    }

    /** Where an owner's contacts see its endpoints. */
    static String home(String owner) {
        return "/webhooks/" + owner;
    }

    static String signIn(String owner) {
        return home(owner) + "/login";
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Tenants are told apart by their UUID, whatever kind they are of. */
    @Override
    public Optional<Holder> byEmail(UUID tenant, String email) {
        return contacts.withEmail(email).stream()
                .filter(contact -> contact.owner().endsWith("/" + tenant))
                .findFirst()
                .map(contact -> new Holder(contact.id(), "Bursar, for your webhooks"));
    }

    @Override
    public Optional<Principal> caller(UUID holder) {
        return contacts.find(holder).map(contact -> new Principal.PortalOwner(contact.owner(), contact.id()));
    }
}
