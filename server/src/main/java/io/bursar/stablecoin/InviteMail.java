package io.bursar.stablecoin;

import io.bursar.mail.Mail;
import io.bursar.platform.PublicUrl;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** The letter that carries an invitation's link. */
@Component
class InviteMail {
    private static final String KIND = "merchant-invite";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Mail mail;
    private final PublicUrl publicUrl;

    InviteMail(Mail mail, PublicUrl publicUrl) {
        this.mail = mail;
        this.publicUrl = publicUrl;
    }

    void queue(Partner partner, String name, String email, String token, Instant expiresAt) {
        mail.queue(KIND, email, partner.name() + " invites you to take payments", """
                Hello %s,

                %s invites you to be paid in %s. Accept here and your wallet is made:

                %s

                The link works once, until %s. If you did not expect it, ignore this mail and nothing happens.
                """.formatted(
                name, partner.name(), partner.asset().name(), publicUrl.of("/invite/" + token), DAY.format(expiresAt)));
    }
}
