package io.bursar.inbox;

import java.util.Set;

/** Somebody who sends us events, and how they prove that an event is theirs. Every bean of this type has an address. */
public interface Provider {
    /** Stable, in kebab case: its events are posted to {@code /api/webhooks/<name>} and {@code …/<name>/<account>}. */
    String name();

    /**
     * Judges what came, on the very bytes that came. Called outside of any transaction, so it may ask remotely. Hostile
     * input is a verdict and never an exception.
     */
    Verdict verify(Delivery delivery);

    /** Headers, in lower case, that hold a secret besides the usual ones: they are not kept. */
    default Set<String> secretHeaders() {
        return Set.of();
    }
}
