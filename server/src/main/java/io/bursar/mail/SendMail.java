package io.bursar.mail;

import io.bursar.platform.Failures;
import io.bursar.platform.Gate;
import io.bursar.platform.Gatekeeper;
import io.bursar.platform.Job;
import io.bursar.platform.Secrets;
import io.bursar.platform.WorldFailedException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Sends what is queued. A mail is claimed, sent without any transaction, and then marked: a node that dies between the
 * last two leaves it to be sent a second time, which a reader of mail forgives.
 */
@Component
class SendMail implements Job {
    static final Gate GATE =
            Gate.leadingOutward("mail", "Mail", "No mail leaves: invitations, sign-in codes and notices stay queued.");

    static final List<Duration> RETRY_AFTER = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(8),
            Duration.ofHours(24));
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final int MAILS_PER_RUN_MAX = 10;
    private static final int ERROR_CHARACTERS_MAX = 500;

    private final MailStore store;
    private final SmtpSender sender;
    private final Secrets secrets;
    private final Gatekeeper gates;
    private final Failures failures;
    private final Clock clock;

    SendMail(MailStore store, SmtpSender sender, Secrets secrets, Gatekeeper gates, Failures failures, Clock clock) {
        this.store = store;
        this.sender = sender;
        this.secrets = secrets;
        this.gates = gates;
        this.failures = failures;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "send-mail";
    }

    @Override
    public String purpose() {
        return "Sends queued mail, and tries again when the mail server is away.";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        if (!sender.configured() || !gates.isOpen(GATE)) {
            return;
        }
        for (QueuedMail mail : store.claim(clock.instant(), LEASE, MAILS_PER_RUN_MAX)) {
            send(mail);
        }
    }

    private void send(QueuedMail mail) {
        String text = new String(secrets.open(Mail.context(mail.id()), mail.bodySealed()), StandardCharsets.UTF_8);
        try {
            sender.send(mail.recipient(), mail.subject(), text);
        } catch (WorldFailedException failed) {
            failed(mail, failed);
            return;
        }
        store.sent(mail.id(), clock.instant());
    }

    private void failed(QueuedMail mail, WorldFailedException failed) {
        String said = String.valueOf(failed.getMessage());
        String error = said.substring(0, Math.min(said.length(), ERROR_CHARACTERS_MAX));
        Instant now = clock.instant();
        boolean last = mail.attempt() > RETRY_AFTER.size();
        if (last) {
            store.gaveUp(mail.id(), now, error);
        } else {
            store.retryAt(mail.id(), now.plus(RETRY_AFTER.get(mail.attempt() - 1)), error);
        }
        // What the server said may name the recipient, so it stays with the mail, where it can be erased.
        String sentence = "The mail server did not take attempt %d of a %s.".formatted(mail.attempt(), mail.kind());
        failures.record(last ? "mail_given_up" : failed.code(), sentence, "mail/" + mail.id());
    }
}
