package io.bursar.stablecoin;

import io.bursar.audit.Audit;
import io.bursar.platform.Secrets;
import io.bursar.shared.Actor;
import io.bursar.shared.UuidV7;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The merchants of partners, and the invitations they come by. */
@Component
public class Merchants {
    public static final int LISTED_MAX = 500;
    static final Duration INVITE_LIFE = Duration.ofDays(7);
    static final String TOKEN_DIGEST = "stablecoin.merchant_invite";
    private static final int TOKEN_BYTES = 32;
    private static final int NAME_LENGTH_MAX = 80;
    private static final int EMAIL_LENGTH_MAX = 254;
    private static final Pattern EMAIL = Pattern.compile("[!-~&&[^@<>,;\"]]+@[!-~&&[^@<>,;\"]]+\\.[!-~&&[^@<>,;\"]]+");

    private final PartnerStore partners;
    private final MerchantStore store;
    private final InviteStore invites;
    private final InviteMail mail;
    private final Secrets secrets;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Merchants(
            PartnerStore partners,
            MerchantStore store,
            InviteStore invites,
            InviteMail mail,
            Secrets secrets,
            Audit audit,
            TransactionTemplate transactions,
            Clock clock) {
        this.partners = partners;
        this.store = store;
        this.invites = invites;
        this.mail = mail;
        this.secrets = secrets;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    public Invitation invite(PartnerId partnerId, String name, String email, Actor actor) {
        Optional<Partner> partner = partners.find(partnerId);
        if (partner.isEmpty()) {
            return new Invitation.PartnerUnknown();
        }
        String cleanName = name.strip();
        String cleanEmail = email.strip().toLowerCase(Locale.ROOT);
        List<FieldError> errors = errors(partnerId, cleanName, cleanEmail);
        return errors.isEmpty()
                ? transactions.execute(status -> insert(partner.get(), cleanName, cleanEmail, actor))
                : new Invitation.Refused(errors);
    }

    /** A new link to the same address; the old one is dead from here on. */
    public Invitation inviteAgain(MerchantId id, Actor actor) {
        return transactions.execute(status -> {
            Optional<Merchant> merchant = store.findOfAnyPartner(id);
            if (merchant.isEmpty()) {
                return new Invitation.MerchantUnknown();
            }
            String name = merchant.get().name();
            String email = merchant.get().email();
            if (merchant.get().status() != MerchantStatus.INVITED || name == null || email == null) {
                return new Invitation.NotInvited(merchant.get());
            }
            Partner partner = partners.find(merchant.get().partnerId()).orElseThrow();
            send(partner, id, name, email);
            audit.record(actor, "merchant.invited_again", id.subject(), Map.of(), Map.of(), null);
            return new Invitation.Sent(merchant.get());
        });
    }

    public Optional<Merchant> find(MerchantId id) {
        return store.findOfAnyPartner(id);
    }

    public List<Merchant> of(PartnerId partner) {
        return store.of(partner, LISTED_MAX);
    }

    public long count(PartnerId partner) {
        return store.count(partner);
    }

    /** Until when the merchant's present link can be accepted. */
    public Optional<Instant> invitedUntil(MerchantId id) {
        return invites.liveUntil(id);
    }

    private List<FieldError> errors(PartnerId partner, String name, String email) {
        List<FieldError> errors = new ArrayList<>();
        if (!PlainText.fits(name, NAME_LENGTH_MAX)) {
            errors.add(new FieldError(
                    "name", "name_invalid", "The name must have 1 to %d characters.".formatted(NAME_LENGTH_MAX)));
        }
        if (email.length() > EMAIL_LENGTH_MAX || !EMAIL.matcher(email).matches()) {
            errors.add(new FieldError("email", "email_invalid", "The e-mail address must look like name@example.com."));
        } else if (store.emailTaken(partner, email)) {
            errors.add(emailTaken());
        }
        return errors;
    }

    private static FieldError emailTaken() {
        return new FieldError(
                "email", "email_taken", "This partner has a merchant with that address; send its invitation again.");
    }

    private Invitation insert(Partner partner, String name, String email, Actor actor) {
        MerchantId id = new MerchantId(UuidV7.at(clock.instant()));
        if (!store.insert(id, partner.id(), name, email, clock.instant())) {
            return new Invitation.Refused(List.of(emailTaken()));
        }
        send(partner, id, name, email);
        audit.record(
                actor,
                "merchant.invited",
                id.subject(),
                Map.of(),
                Map.of("partner", partner.id().text()),
                null);
        return new Invitation.Sent(store.find(partner.id(), id).orElseThrow());
    }

    private void send(Partner partner, MerchantId merchant, String name, String email) {
        Instant now = clock.instant();
        Instant expiresAt = now.plus(INVITE_LIFE);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secrets.randomBytes(TOKEN_BYTES));
        invites.supersede(merchant, now);
        invites.insert(UuidV7.at(now), merchant, secrets.digest(TOKEN_DIGEST, token), now, expiresAt);
        mail.queue(partner, name, email, token, expiresAt);
    }
}
