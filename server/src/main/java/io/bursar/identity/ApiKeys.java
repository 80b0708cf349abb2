package io.bursar.identity;

import io.bursar.audit.Audit;
import io.bursar.platform.Secrets;
import io.bursar.shared.Actor;
import io.bursar.shared.UuidV7;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * API keys of partners: {@code bk_live_<8 hex>_<48 hex>}, shown once, stored as a keyed digest and listed by their
 * prefix. Looking up a digest is what compares: no key is ever compared byte by byte.
 */
@Component
public class ApiKeys {
    private static final String KIND = "bk_live_";
    private static final Pattern KEY = Pattern.compile("bk_live_[0-9a-f]{8}_[0-9a-f]{48}");
    private static final int PREFIX_BYTES = 4;
    private static final int SECRET_BYTES = 24;
    private static final Duration USED_EVERY = Duration.ofMinutes(1);

    private final ApiKeyStore store;
    private final Secrets secrets;
    private final Audit audit;
    private final Clock clock;

    ApiKeys(ApiKeyStore store, Secrets secrets, Audit audit, Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.audit = audit;
        this.clock = clock;
    }

    /** Makes a key inside the caller's transaction. */
    public IssuedApiKey issue(UUID partnerId, Actor actor) {
        String prefix = KIND + HexFormat.of().formatHex(secrets.randomBytes(PREFIX_BYTES));
        String key = prefix + "_" + HexFormat.of().formatHex(secrets.randomBytes(SECRET_BYTES));
        Instant now = clock.instant();
        IssuedApiKey issued = new IssuedApiKey(UuidV7.at(now), prefix, key);
        store.insert(issued, partnerId, digest(key), now);
        audit.record(
                actor,
                "api_key.issued",
                "partner/" + partnerId,
                Map.of(),
                Map.of("credential", issued.credentialId()),
                null);
        return issued;
    }

    public List<ApiKeySummary> of(UUID partnerId) {
        return store.of(partnerId);
    }

    /** Revokes inside the caller's transaction. True when it was alive. */
    public boolean revoke(UUID partnerId, UUID credentialId, Actor actor) {
        if (!store.revoke(partnerId, credentialId, clock.instant())) {
            return false;
        }
        audit.record(
                actor, "api_key.revoked", "partner/" + partnerId, Map.of("credential", credentialId), Map.of(), null);
        return true;
    }

    Optional<Principal.PartnerKey> authenticate(String key) {
        if (!KEY.matcher(key).matches()) {
            return Optional.empty();
        }
        Optional<ApiKeyStore.Found> found = store.living(digest(key));
        Instant now = clock.instant();
        found.filter(each -> each.lastUsed() == null
                        || each.lastUsed().plus(USED_EVERY).isBefore(now))
                .ifPresent(each -> store.used(each.principal().credentialId(), now));
        return found.map(ApiKeyStore.Found::principal);
    }

    private byte[] digest(String key) {
        return secrets.digest("api-key", key);
    }
}
