package io.bursar.identity;

import io.bursar.shared.Actor;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** API keys of partners: shown once, stored as a keyed digest, listed by their prefix. */
@Component
public class ApiKeys {
    /** Makes a key inside the caller's transaction. */
    public IssuedApiKey issue(UUID partnerId, Actor actor) {
        throw new IllegalStateException("skeleton");
    }

    public List<ApiKeySummary> of(UUID partnerId) {
        throw new IllegalStateException("skeleton");
    }

    /** True when it was alive. */
    public boolean revoke(UUID partnerId, UUID credentialId, Actor actor) {
        throw new IllegalStateException("skeleton");
    }
}
