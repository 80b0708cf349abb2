package io.bursar.audit;

import io.bursar.platform.Page;
import io.bursar.platform.RequestIds;
import io.bursar.platform.Secrets;
import io.bursar.shared.Actor;
import io.bursar.shared.Check;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * The audit log. An entry is written in the transaction of the change it tells of. It holds ids, no personal data; the
 * reason alone is typed by people and may name somebody, so its words can be forgotten while the chain stays whole.
 */
@Component
public class Audit {
    private static final int SALT_BYTES = 16;

    private final AuditStore store;
    private final AuditChain chain;
    private final JsonMapper json;
    private final Secrets secrets;
    private final Clock clock;

    Audit(AuditStore store, AuditChain chain, JsonMapper json, Secrets secrets, Clock clock) {
        this.store = store;
        this.chain = chain;
        this.json = json;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Records one change inside the caller's transaction.
     *
     * @param action past tense with its subject's kind, {@code partner.created}
     * @param subject kind and id, {@code partner/<uuid>}
     * @param before what changed, as it was; empty for something new. Values are ids, numbers and words, never secrets
     */
    public void record(
            Actor actor,
            String action,
            String subject,
            Map<String, ?> before,
            Map<String, ?> after,
            @Nullable String reason) {
        Check.that(
                TransactionSynchronizationManager.isActualTransactionActive(),
                "audit of %s: outside a transaction (expected: inside that of the change)",
                action);
        AuditEntry entry = new AuditEntry(
                0,
                clock.instant(),
                actor.text(),
                action,
                subject,
                json.writeValueAsString(before),
                json.writeValueAsString(after),
                reason,
                RequestIds.current().orElse(null));
        store.insert(entry, reason == null ? null : Reason.of(reason, secrets.randomBytes(SALT_BYTES)));
    }

    /** Entries newest first, of one subject or of all. */
    public Page<AuditEntry> entries(@Nullable String subject, @Nullable String cursor, int limit) {
        return entries(AuditFilter.ofSubject(subject), cursor, limit);
    }

    /** Entries newest first. */
    public Page<AuditEntry> entries(AuditFilter filter, @Nullable String cursor, int limit) {
        Check.argument(limit > 0 && limit <= Page.LIMIT_MAX, "limit: %s (expected: 1..%s)", limit, Page.LIMIT_MAX);
        return Page.of(
                store.newest(filter, Cursor.parse(cursor), limit + 1), limit, entry -> Long.toString(entry.sequence()));
    }

    public long count(AuditFilter filter) {
        return store.count(filter);
    }

    /** Recomputes the whole chain from the entries. */
    public AuditVerification verify() {
        return chain.verify();
    }
}
