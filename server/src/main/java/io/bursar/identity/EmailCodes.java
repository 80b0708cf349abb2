package io.bursar.identity;

import io.bursar.mail.Mail;
import io.bursar.platform.Job;
import io.bursar.platform.Secrets;
import io.bursar.shared.UuidV7;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * One-time codes by mail. Asking for one does the same whoever asks about whomever: a row, which this job mails when
 * somebody has that address. A code has eight digits, lives ten minutes, takes five tries, and is good for the browser
 * that asked for it.
 */
@Component
class EmailCodes implements Job {
    static final Duration LIFE = Duration.ofMinutes(10);
    static final int ATTEMPTS_MAX = 5;
    /** A stranger who asks again and again fills nobody's mailbox. A known browser has its own allowance. */
    static final int MAILS_AN_HOUR = 10;

    static final int DIGITS = 8;
    private static final int BATCH_MAX = 100;

    private final EmailCodeStore store;
    private final Devices devices;
    private final Portals portals;
    private final Mail mail;
    private final Secrets secrets;
    private final JsonMapper json;
    private final TransactionTemplate transaction;
    private final Clock clock;

    EmailCodes(
            EmailCodeStore store,
            Devices devices,
            Portals portals,
            Mail mail,
            Secrets secrets,
            JsonMapper json,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.devices = devices;
        this.portals = portals;
        this.mail = mail;
        this.secrets = secrets;
        this.json = json;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Who is to be mailed what. */
    record Letter(String portal, UUID tenant, String email, String code) {
        @Override
        public String toString() {
            return "Letter[masked]";
        }
    }

    /** An account and a browser, both as digests. */
    LoginLocks.Lock whose(String portal, UUID tenant, String email, String device) {
        String account = portal + "/" + tenant + "/" + email.strip().toLowerCase(Locale.ROOT);
        return new LoginLocks.Lock(secrets.digest("portal-account", account), secrets.digest("portal-device", device));
    }

    void ask(String portal, UUID tenant, String email, LoginLocks.Lock whose) {
        Instant now = clock.instant();
        UUID id = UuidV7.at(now);
        String code = code();
        String address = email.strip().toLowerCase(Locale.ROOT);
        byte[] letter = json.writeValueAsBytes(new Letter(portal, tenant, address, code));
        store.insert(id, whose, digest(id, code), secrets.seal(context(id), letter), now, now.plus(LIFE));
    }

    /** True once, for the newest code this browser asked for. */
    boolean use(String code, LoginLocks.Lock whose) {
        String given = code.replaceAll("\\s", "");
        return store.attempt(whose, ATTEMPTS_MAX, clock.instant())
                .filter(attempt -> MessageDigest.isEqual(attempt.codeDigest(), digest(attempt.id(), given)))
                .filter(attempt -> store.use(attempt.id(), whose))
                .isPresent();
    }

    @Override
    public String name() {
        return "mail-sign-in-codes";
    }

    @Override
    public String purpose() {
        return "Mails the sign-in codes that people of portals asked for.";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        int handled;
        do {
            Integer count = transaction.execute(status -> {
                List<EmailCodeStore.Letter> letters = store.lockMailing() ? store.waiting(BATCH_MAX) : List.of();
                letters.forEach(this::handle);
                return letters.size();
            });
            handled = count == null ? 0 : count;
        } while (handled == BATCH_MAX);
    }

    private void handle(EmailCodeStore.Letter row) {
        Letter letter = json.readValue(secrets.open(context(row.id()), row.letterSealed()), Letter.class);
        Optional<Portal.Holder> holder = portals.named(letter.portal()).byEmail(letter.tenant(), letter.email());
        boolean known = devices.knownAtPortal(row.account(), row.device());
        Instant hourAgo = clock.instant().minus(Duration.ofHours(1));
        boolean due =
                holder.isPresent() && store.mailedSince(row.account(), row.device(), known, hourAgo) < MAILS_AN_HOUR;
        if (due) {
            String place = holder.get().place();
            mail.queue("sign-in-code", letter.email(), "Your code to sign in at " + place, """
                    Your code to sign in at %s:

                    %s

                    It is good for %d minutes, once, in the browser that asked for it. Nobody will ever ask you for it.
                    If you did not want to sign in, ignore this mail: without the code nobody gets in.
                    """.formatted(
                            place, grouped(letter.code()), LIFE.toMinutes()));
        }
        store.handled(row.id(), due);
    }

    private String code() {
        long random =
                Math.floorMod(ByteBuffer.wrap(secrets.randomBytes(Long.BYTES)).getLong(), 100_000_000L);
        return ("%0" + DIGITS + "d").formatted(random);
    }

    private static String grouped(String code) {
        return code.substring(0, DIGITS / 2) + " " + code.substring(DIGITS / 2);
    }

    private byte[] digest(UUID id, String code) {
        return secrets.digest("email-code", id + "/" + code);
    }

    private static String context(UUID id) {
        return IdentityConfiguration.EMAIL_CODE.context(id);
    }
}
