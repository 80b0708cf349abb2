package io.bursar.sandbox.webhook;

/** What the receiver made of a signature. */
public enum Verdict {
    VERIFIED,
    BAD_SIGNATURE,
    STALE_TIMESTAMP,
    HEADERS_MISSING,
    /** Nobody has told the receiver a secret yet. */
    NO_SECRET
}
