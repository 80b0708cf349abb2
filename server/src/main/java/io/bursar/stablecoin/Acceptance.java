package io.bursar.stablecoin;

import java.time.Instant;

/** What an invitation link leads to, before and after it is accepted, in the order it is judged. */
public sealed interface Acceptance {
    record Unknown() implements Acceptance {}

    /** A newer invitation was sent. */
    record Superseded() implements Acceptance {}

    record Used(Instant acceptedAt) implements Acceptance {}

    record Withdrawn() implements Acceptance {}

    record Expired(Instant expiredAt) implements Acceptance {}

    /** Can be accepted. */
    record Open(Partner partner, Merchant merchant, Instant expiresAt) implements Acceptance {}

    /** Was accepted by this very call: the merchant has its wallet now. */
    record Accepted(Partner partner, Merchant merchant) implements Acceptance {}
}
