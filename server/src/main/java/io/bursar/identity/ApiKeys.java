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

    private final KnownKeys known = new KnownKeys();
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
        return issue(new KeyOwner.Partner(partnerId), Set.of(), actor);
    }

    /** Makes a key to one book of the ledger inside the caller's transaction. */
    public IssuedApiKey issueForBook(UUID bookId, Set<Scope> scopes, Actor actor) {
        Check.that(!scopes.isEmpty(), "scopes of a key to book %s: none (expected: at least one)", bookId);
        return issue(new KeyOwner.Book(bookId), scopes, actor);
    }

    public List<ApiKeySummary> of(KeyOwner owner) {
        return store.of(owner, clock.instant());
    }

    /**
     * Gives a key a new secret inside the caller's transaction. The one it had works until the overlap is over; one
     * that was replaced before that works no more. Empty when the owner has no such key, or it was revoked.
     */
    public Optional<IssuedApiKey> rotate(KeyOwner owner, UUID credentialId, KeyOverlap overlap, Actor actor) {
        Instant now = clock.instant();
        Instant until = now.plus(overlap.duration());
        IssuedApiKey fresh = fresh(credentialId);
        if (!store.rotate(owner, fresh, digest(fresh.key()), now, until)) {
            return Optional.empty();
        }
        known.forgetAfterCommit();
        Map<String, Object> after =
                Map.of("credential", credentialId, "prefix", fresh.prefix(), "previous_until", until.toString());
        audit.record(actor, "api_key.rotated", owner.subject(), Map.of(), after, null);
        return Optional.of(fresh);
    }

    /** Ends the overlap of a rotation inside the caller's transaction. True when the old secret still worked. */
    public boolean endPrevious(KeyOwner owner, UUID credentialId, Actor actor) {
        if (!store.endPrevious(owner, credentialId, clock.instant())) {
            return false;
        }
        known.forgetAfterCommit();
        Map<String, Object> before = Map.of("credential", credentialId);
        audit.record(actor, "api_key.previous_ended", owner.subject(), before, Map.of(), null);
        return true;
    }

    /** Revokes inside the caller's transaction, the secret of a rotation before included. True when it was alive. */
    public boolean revoke(KeyOwner owner, UUID credentialId, Actor actor) {
        if (!store.revoke(owner, credentialId, clock.instant())) {
            return false;
        }
        known.forgetAfterCommit();
        Map<String, Object> before = Map.of("credential", credentialId);
        audit.record(actor, "api_key.revoked", owner.subject(), before, Map.of(), null);
        return true;
    }

    Optional<Principal> authenticate(String key) {
        if (!KEY.matcher(key).matches()) {
            return Optional.empty();
        }
        byte[] digest = digest(key);
        Instant now = clock.instant();
        return known.find(digest, () -> asked(digest, now))
                .filter(found -> found.worksAt(now))
                .map(ApiKeyStore.Found::principal);
    }

    private Optional<ApiKeyStore.Found> asked(byte[] digest, Instant now) {
        Optional<ApiKeyStore.Found> found = store.living(digest).filter(each -> each.worksAt(now));
        found.filter(each -> each.lastUsed() == null
                        || each.lastUsed().plus(USED_EVERY).isBefore(now))
                .ifPresent(each -> store.used(digest, now));
        return found;
    }

    private IssuedApiKey issue(KeyOwner owner, Set<Scope> scopes, Actor actor) {
        Instant now = clock.instant();
        IssuedApiKey issued = fresh(UuidV7.at(now));
        store.insert(issued, owner, scopes, digest(issued.key()), now);
        Map<String, Object> after = scopes.isEmpty()
                ? Map.of("credential", issued.credentialId())
                : Map.of("credential", issued.credentialId(), "scopes", scopes);
        audit.record(actor, "api_key.issued", owner.subject(), Map.of(), after, null);
        return issued;
    }

    private IssuedApiKey fresh(UUID credentialId) {
        String prefix = KIND + HexFormat.of().formatHex(secrets.randomBytes(PREFIX_BYTES));
        String key = prefix + "_" + HexFormat.of().formatHex(secrets.randomBytes(SECRET_BYTES));
        return new IssuedApiKey(credentialId, prefix, key);
    }

    private byte[] digest(String key) {
        return secrets.digest("api-key", key);
    }
}
