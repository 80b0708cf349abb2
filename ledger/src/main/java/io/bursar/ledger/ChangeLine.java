package io.bursar.ledger;

import io.bursar.ledger.Account.Freeze;
import java.time.Instant;
import java.util.List;

/** One change of what an account is, with its policy and freezes after it, and who made it and why. */
public record ChangeLine(
        long sequence,
        Kind kind,
        Policy policy,
        List<Freeze> freezes,
        boolean closed,
        Instant at,
        String actor,
        String reason) {

    public ChangeLine {
        freezes = List.copyOf(freezes);
    }

    /** What was changed. */
    public enum Kind {
        OPENED,
        POLICY_CHANGED,
        FROZEN,
        UNFROZEN,
        CLOSED
    }
}
