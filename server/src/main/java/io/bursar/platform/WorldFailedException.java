package io.bursar.platform;

import org.jspecify.annotations.Nullable;

/**
 * Something outside Bursar failed: a provider, a chain's endpoint, a mail server. Carries the stable code the error
 * log groups by, and whether trying again can help. Never thrown for a refusal (those are outcome values).
 */
public final class WorldFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;
    private final boolean retryable;

    public WorldFailedException(String code, boolean retryable, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryable = retryable;
    }

    public String code() {
        return code;
    }

    public boolean retryable() {
        return retryable;
    }
}
