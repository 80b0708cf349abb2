package io.bursar.outbox;

import io.bursar.platform.PersonalData;
import java.util.List;
import org.springframework.stereotype.Component;

/** Of a contact nothing is known but the address; without it there is no contact. */
@Component
class ContactAddresses implements PersonalData {
    private final ContactStore store;

    ContactAddresses(ContactStore store) {
        this.store = store;
    }

    @Override
    public List<Held> of(String email) {
        return store.withEmail(email).stream()
                .map(contact -> new Held(
                        "webhook-contact/" + contact.id(),
                        "Contact for the webhooks of " + contact.owner() + ": told no more, can sign in no more",
                        "",
                        ""))
                .toList();
    }

    @Override
    public void erase(String email) {
        store.erase(email);
    }
}
