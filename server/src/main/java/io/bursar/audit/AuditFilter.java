package io.bursar.audit;

import org.jspecify.annotations.Nullable;

/** Which entries to show; what is null does not narrow. {@code action} also takes a beginning, {@code partner.}. */
public record AuditFilter(
        @Nullable String subject,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String requestId) {
    public AuditFilter(@Nullable String subject, @Nullable String actor, @Nullable String action) {
        this(subject, actor, action, null);
    }
}
