package io.bursar.ledger;

import java.time.Duration;
import java.util.Set;

/**
 * How a batch takes its locks.
 *
 * @param waitMax how long a lock that somebody holds is waited for
 * @param skipsHeld whether what is held this moment is left out and not waited for
 * @param avoided accounts that are left out untried, because somebody is known to hold them
 * @param awaited an account that is locked before all others and waited for longer, or nothing
 */
record Locking(Duration waitMax, boolean skipsHeld, Set<AccountKey> avoided, Set<AccountKey> awaited) {
    /** What is held for longer is held up by somebody who is not posting. */
    static final Duration WAIT_MAX = Duration.ofSeconds(2);

    /** Longer than another node needs for a batch, shorter than anybody notices. */
    private static final Duration WAIT_BRIEF = Duration.ofMillis(12);

    /** Whoever holds an account changes it, so there is no use in waiting for what was foreseen differently. */
    static final Duration WAIT_FORESEEN = Duration.ofMillis(5);

    static Locking patient() {
        return new Locking(WAIT_MAX, false, Set.of(), Set.of());
    }

    static Locking brief(Set<AccountKey> avoided) {
        return new Locking(WAIT_BRIEF, false, avoided, Set.of());
    }

    static Locking awaiting(AccountKey account) {
        return new Locking(WAIT_BRIEF, false, Set.of(), Set.of(account));
    }

    Locking skippingHeld() {
        return new Locking(waitMax, true, avoided, awaited);
    }
}
