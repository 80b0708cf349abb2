package io.bursar.ledger;

/**
 * The database could not be reached or did not give way in time, and nothing was posted. Trying again later is safe
 * and may work.
 */
public final class LedgerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
