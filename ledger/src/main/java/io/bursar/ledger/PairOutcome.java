package io.bursar.ledger;

import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.Rejected;

/** The ledger's answer to a pair of postings in two books. */
public sealed interface PairOutcome {

    /** Both halves are recorded, now or before. */
    record Paired(Posted first, Posted second) implements PairOutcome {}

    /** Nothing was recorded by this call: the first half was refused, or the pair is recorded with another content. */
    record Refused(Rejected rejection) implements PairOutcome {}

    /** The second half was refused, now or before, and the first was taken back. The pair's reference is used up. */
    record Reversed(String why) implements PairOutcome {}

    /** The second half was refused and the first could not be taken back: the amount stands in its clearing account. */
    record Stranded(Rejected second, Rejected reversal) implements PairOutcome {}

    /** Whether a half was recorded is not known. Submit the same pair again: its reference makes that safe. */
    record Unknown(String message) implements PairOutcome {}
}
