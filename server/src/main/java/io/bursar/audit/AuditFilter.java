package io.bursar.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which entries to show; what is null does not narrow. {@code action} also takes a beginning, {@code partner.}. */
public record AuditFilter(
        @Nullable String subject,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String requestId,
        @Nullable Instant from,
        @Nullable Instant before) {

    public static AuditFilter ofSubject(@Nullable String subject) {
        return new AuditFilter(subject, null, null, null, null, null);
    }
}
