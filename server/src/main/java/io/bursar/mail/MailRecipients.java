package io.bursar.mail;

import io.bursar.platform.PersonalData;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** Mail names whom it went to. */
@Component
class MailRecipients implements PersonalData {
    private final MailStore store;
    private final Clock clock;

    MailRecipients(MailStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public List<Held> of(String email) {
        long mails = store.countTo(email);
        return mails == 0 ? List.of() : List.of(new Held("mail/messages", "Mails to this address: " + mails, "", ""));
    }

    @Override
    public void erase(String email) {
        store.forget(email, clock.instant());
    }
}
