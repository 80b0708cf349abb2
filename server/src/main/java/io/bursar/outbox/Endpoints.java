package io.bursar.outbox;

import io.bursar.platform.Page;
import io.bursar.shared.Actor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where events are delivered, and how deliveries went. */
@Component
public class Endpoints {
    /** Whether a URL may be an endpoint: HTTPS and no private network, unless its origin is listed as allowed. */
    public Optional<String> refusal(String url) {
        throw new IllegalStateException("skeleton");
    }

    /**
     * Adds an endpoint inside the caller's transaction; the caller has asked {@link #refusal} before it began.
     *
     * @return the endpoint's signing secret ({@code whsec_…}), shown this once
     */
    public String add(String owner, String url, Actor actor) {
        throw new IllegalStateException("skeleton");
    }

    public List<EndpointView> of(String owner) {
        throw new IllegalStateException("skeleton");
    }

    /** Delivery attempts newest first, of one subject or all of the owner's. */
    public Page<DeliveryView> deliveries(String owner, @Nullable String subject, @Nullable String cursor, int limit) {
        throw new IllegalStateException("skeleton");
    }
}
