package io.bursar.ledger.archive;

/** The database could not be reached, or refused what has nothing to do with the archive. Nothing was changed. */
public final class ArchiveUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ArchiveUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
