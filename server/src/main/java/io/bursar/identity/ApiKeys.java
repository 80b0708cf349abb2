package io.bursar.identity;

import io.bursar.audit.Audit;
import io.bursar.platform.Secrets;
import io.bursar.shared.Actor;
import io.bursar.shared.Check;
import io.bursar.shared.UuidV7;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * API keys of partners and of books: {@code bk_live_<8 hex>_<48 hex>}, shown once, stored as a keyed digest and listed
 * by their prefix. Looking up a digest is what compares: no key is ever compared byte by byte.
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

    /** Makes a partner's key inside the caller's transaction. */
    public IssuedApiKey issue(UUID partnerId, Actor actor) {
        return issue(ApiKeyStore.Owner.partner(partnerId), "partner/" + partnerId, actor);
    }

    /** Makes a key to one book of the ledger inside the caller's transaction. */
    public IssuedApiKey issueForBook(UUID bookId, Set<Scope> scopes, Actor actor) {
        Check.that(!scopes.isEmpty(), "scopes of a key to book %s: none (expected: at least one)", bookId);
        return issue(ApiKeyStore.Owner.book(bookId, scopes), "book/" + bookId, actor);
    }

    public List<ApiKeySummary> of(UUID partnerId) {
        return store.of(ApiKeyStore.Owner.partner(partnerId));
    }

    public List<ApiKeySummary> ofBook(UUID bookId) {
        return store.of(ApiKeyStore.Owner.book(bookId, Set.of()));
    }

    /** Revokes inside the caller's transaction. True when it was alive. */
    public boolean revoke(UUID partnerId, UUID credentialId, Actor actor) {
        return revoke(ApiKeyStore.Owner.partner(partnerId), "partner/" + partnerId, credentialId, actor);
    }

    /** The same for a key to a book. */
    public boolean revokeOfBook(UUID bookId, UUID credentialId, Actor actor) {
        return revoke(ApiKeyStore.Owner.book(bookId, Set.of()), "book/" + bookId, credentialId, actor);
    }

    Optional<Principal> authenticate(String key) {
        if (!KEY.matcher(key).matches()) {
            return Optional.empty();
        }
        Optional<ApiKeyStore.Found> found = store.living(digest(key));
        Instant now = clock.instant();
        found.filter(each -> each.lastUsed() == null
                        || each.lastUsed().plus(USED_EVERY).isBefore(now))
                .ifPresent(each -> store.used(each.credentialId(), now));
        return found.map(ApiKeyStore.Found::principal);
    }

    private IssuedApiKey issue(ApiKeyStore.Owner owner, String subject, Actor actor) {
        String prefix = KIND + HexFormat.of().formatHex(secrets.randomBytes(PREFIX_BYTES));
        String key = prefix + "_" + HexFormat.of().formatHex(secrets.randomBytes(SECRET_BYTES));
        Instant now = clock.instant();
        IssuedApiKey issued = new IssuedApiKey(UuidV7.at(now), prefix, key);
        store.insert(issued, owner, digest(key), now);
        Map<String, Object> after = owner.scopes().isEmpty()
                ? Map.of("credential", issued.credentialId())
                : Map.of("credential", issued.credentialId(), "scopes", owner.scopes());
        audit.record(actor, "api_key.issued", subject, Map.of(), after, null);
        return issued;
    }

    private boolean revoke(ApiKeyStore.Owner owner, String subject, UUID credentialId, Actor actor) {
        if (!store.revoke(owner, credentialId, clock.instant())) {
            return false;
        }
        audit.record(actor, "api_key.revoked", subject, Map.of("credential", credentialId), Map.of(), null);
        return true;
    }

    private byte[] digest(String key) {
        return secrets.digest("api-key", key);
    }
}
