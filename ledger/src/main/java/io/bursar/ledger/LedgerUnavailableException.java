package io.bursar.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The database could not be reached or did not give way in time, and nothing was posted. Trying again later is safe
 * and may work.
 */
public sealed class LedgerUnavailableException extends RuntimeException permits LedgerBusyException {
    private static final long serialVersionUID = 1L;

    LedgerUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
