package io.bursar.ledger;

import org.jspecify.annotations.Nullable;

/**
 * So much is waiting to be posted already that this posting was not taken, or the ledger was closed. Nothing was
 * posted; trying again later is safe and may work.
 */
public final class LedgerBusyException extends LedgerUnavailableException {
    private static final long serialVersionUID = 1L;

    LedgerBusyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
