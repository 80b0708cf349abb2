package io.bursar.errorlog;

import org.jspecify.annotations.Nullable;

/** Which lines to show; what is null does not narrow. */
public record ErrorFilter(
        @Nullable String code,
        @Nullable String subject,
        @Nullable String requestId,
        @Nullable String fingerprint) {
    public static final ErrorFilter ALL = new ErrorFilter(null, null, null, null);

    public static ErrorFilter ofCode(String code) {
        return new ErrorFilter(code, null, null, null);
    }

    public static ErrorFilter ofRequest(String requestId) {
        return new ErrorFilter(null, null, requestId, null);
    }
}
