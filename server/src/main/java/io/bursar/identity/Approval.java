package io.bursar.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one operator asked for and another decides.
 *
 * @param kind names its {@link ApprovalHandler}
 * @param subject kind and id of what it is about, {@code book/<uuid>}
 * @param summary says what approving it does, in one sentence
 * @param content what its handler needs to do it, as JSON
 */
public record Approval(
        UUID id,
        String kind,
        String subject,
        String summary,
        String content,
        String reason,
        UUID requestedBy,
        Instant requestedAt,
        Instant expiresAt,
        State state,
        @Nullable UUID decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String decisionReason) {
    public enum State {
        OPEN,
        APPROVED,
        DECLINED,
        /** Taken back by whoever asked. */
        WITHDRAWN,
        /** Nobody decided in time; never stored. */
        EXPIRED
    }
}
