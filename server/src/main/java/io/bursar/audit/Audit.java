package io.bursar.audit;

import io.bursar.platform.Page;
import io.bursar.shared.Actor;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The audit log. An entry is written in the transaction of the change it tells of. It holds ids, no personal data. */
@Component
public class Audit {
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
        throw new IllegalStateException("skeleton");
    }

    /** Entries newest first, of one subject or of all. */
    public Page<AuditEntry> entries(@Nullable String subject, @Nullable String cursor, int limit) {
        throw new IllegalStateException("skeleton");
    }
}
