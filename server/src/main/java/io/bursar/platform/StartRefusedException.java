package io.bursar.platform;

/** Bursar does not start, and the operator can mend why: the message says it in words, and no stack trace is shown. */
public class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartRefusedException(String message) {
        super(message);
    }
}
