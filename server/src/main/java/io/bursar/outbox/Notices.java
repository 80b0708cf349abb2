package io.bursar.outbox;

import io.bursar.mail.Mail;
import io.bursar.platform.PublicUrl;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells those who look after an endpoint that it was disabled, by mail, since webhooks reach them no more. */
@Component
class Notices {
    private static final String KIND = "webhook-disabled";

    private final EndpointStore endpoints;
    private final ContactStore contacts;
    private final WebhookSettings settings;
    private final Mail mail;
    private final PublicUrl publicUrl;

    Notices(EndpointStore endpoints, ContactStore contacts, WebhookSettings settings, Mail mail, PublicUrl publicUrl) {
        this.endpoints = endpoints;
        this.contacts = contacts;
        this.settings = settings;
        this.mail = mail;
        this.publicUrl = publicUrl;
    }

    /** Inside the transaction that disabled it. */
    void disabled(UUID endpointId, Finding last) {
        EndpointView endpoint = endpoints.find(endpointId).orElseThrow();
        String where = switch (Target.of(endpoint.url(), settings.allowedOrigins())) {
            case Target.Origin origin -> origin.origin();
            case Target.Refused refused -> "an address that is not allowed";
        };
        for (Contact contact : contacts.of(endpoint.owner())) {
            mail.queue(KIND, contact.email(), "Your webhook endpoint was disabled", """
                    Hello,

                    your webhook endpoint at %s was disabled. %s

                    The last attempt met: %s. %s

                    Nothing is lost: events are kept, and are sent once it is enabled again. Look at it here:

                    %s
                    """.formatted(
                            where,
                            endpoint.disabledWhy(),
                            last.label(),
                            last.advice(),
                            publicUrl.of(WebhookPortal.signIn(endpoint.owner()))));
        }
    }
}
