package io.bursar.ledger;

import java.time.Instant;
import java.util.List;

/** The ledger's answer to a posting. */
public sealed interface Outcome {

    /** Recorded, durably, now. */
    record Posted(PostingId posting, Reference reference, Instant postedAt, List<PostedLeg> legs) implements Outcome {
        public Posted {
            legs = List.copyOf(legs);
        }
    }

    /** The same content was recorded before; this is what was answered then. */
    record Duplicate(Posted original) implements Outcome {}

    /** Refused, and not remembered: the same reference may be tried again and is judged anew. */
    record Rejected(RejectionReason reason, int leg, String message) implements Outcome {}

    /**
     * The answer to a commit was lost and could not be looked up either, or a bulk ended before this posting was
     * answered. Submit the same posting again: its reference makes that safe.
     */
    record OutcomeUnknown(String message) implements Outcome {}

    /** One recorded row with both accounts as it left them. A leg has one or, where it had to be divided, several. */
    record PostedLeg(
            TransferId transfer, int leg, Transfer.Kind kind, long amount, SideAfter debit, SideAfter credit) {}

    /** One account right after a leg: its posted balance and its sequence. */
    record SideAfter(AccountPath account, long sequence, long balance) {}
}
