package io.bursar.outbox;

import io.bursar.audit.Audit;
import io.bursar.shared.Actor;
import io.bursar.shared.UuidV7;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Who looks after the endpoints of whom. Addresses stand here alone; the audit log has ids. */
@Component
public class Contacts {
    private static final int PER_OWNER_MAX = 5;
    private static final int EMAIL_LENGTH_MAX = 254;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]+@[^\\s@\\p{Cntrl}]+\\.[^\\s@\\p{Cntrl}]+");

    private final ContactStore store;
    private final Audit audit;
    private final Clock clock;

    Contacts(ContactStore store, Audit audit, Clock clock) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Contact> of(String owner) {
        return store.of(owner);
    }

    /** Adds one inside the caller's transaction. Answers why not, in a sentence; one who is there already stays. */
    public Optional<String> add(String owner, String email, Actor actor) {
        String address = email.strip().toLowerCase(Locale.ROOT);
        if (address.length() > EMAIL_LENGTH_MAX || !EMAIL.matcher(address).matches()) {
            return Optional.of("The e-mail address must look like name@example.com.");
        }
        if (store.of(owner).size() >= PER_OWNER_MAX) {
            return Optional.of("There are " + PER_OWNER_MAX + " already, which is the most.");
        }
        Instant now = clock.instant();
        Contact contact = new Contact(UuidV7.at(now), owner, address);
        if (store.insert(contact, now)) {
            tell(actor, "webhook.contact_added", owner, contact.id());
        }
        return Optional.empty();
    }

    /** Inside the caller's transaction. They are told no more, and whoever is signed in as them is out at once. */
    public void remove(String owner, UUID contactId, Actor actor) {
        if (store.delete(owner, contactId)) {
            tell(actor, "webhook.contact_removed", owner, contactId);
        }
    }

    private void tell(Actor actor, String action, String owner, UUID contactId) {
        audit.record(actor, action, owner, Map.of(), Map.of("contact", contactId.toString()), null);
    }
}
