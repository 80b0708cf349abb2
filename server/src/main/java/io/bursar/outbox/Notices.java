package io.bursar.outbox;

import io.bursar.audit.Audit;
import io.bursar.mail.Mail;
import io.bursar.platform.PublicUrl;
import io.bursar.shared.Actor;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tells that an endpoint was disabled because nothing reaches it: those who look after it, by mail, and the audit log.
 */
@Component
class Notices {
    private static final String KIND = "webhook-disabled";

    private final EndpointStore endpoints;
    private final ContactStore contacts;
    private final WebhookSettings settings;
    private final Mail mail;
    private final Audit audit;
    private final PublicUrl publicUrl;

    Notices(
            EndpointStore endpoints,
            ContactStore contacts,
            WebhookSettings settings,
            Mail mail,
            Audit audit,
            PublicUrl publicUrl) {
        this.endpoints = endpoints;
        this.contacts = contacts;
        this.settings = settings;
        this.mail = mail;
        this.audit = audit;
        this.publicUrl = publicUrl;
    }

    /** Inside the transaction that disabled it. */
    void disabled(UUID endpointId, Finding last) {
        EndpointView endpoint = endpoints.find(endpointId).orElseThrow();
        Map<String, String> after = Map.of("endpoint", endpointId.toString(), "finding", last.word());
        audit.record(
                Actor.system("outbox"), "webhook.disabled", endpoint.owner(), Map.of(), after, endpoint.disabledWhy());
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
