package io.bursar.sandbox.evm;

/** A contract refused the call; everything it did is undone and the reason goes back to the caller. */
final class RevertException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    RevertException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
