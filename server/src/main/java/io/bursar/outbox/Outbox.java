package io.bursar.outbox;

import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells the owners of endpoints what happened. An event commits with the change it tells of and is delivered after. */
@Component
public class Outbox {
    /**
     * Records one event inside the caller's transaction, and a delivery of it to each of the owner's endpoints.
     *
     * @param owner kind and id of whose endpoints hear it, {@code partner/<uuid>}
     * @param type dotted, {@code payment.verified}
     * @param subject kind and id of what it is about, {@code payment-request/<uuid>}
     * @param data becomes the payload's {@code data} (a record or map; amounts as decimal strings)
     * @return the event's id, the same in {@code webhook-id} on every attempt
     */
    public UUID publish(String owner, String type, String subject, Object data) {
        throw new IllegalStateException("skeleton");
    }
}
