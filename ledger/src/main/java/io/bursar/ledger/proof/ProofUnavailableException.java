package io.bursar.ledger.proof;

/** The database, or where manifests go, could not be reached. Nothing is known then, neither good nor bad. */
public final class ProofUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProofUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
