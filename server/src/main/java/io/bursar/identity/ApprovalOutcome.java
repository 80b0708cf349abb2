package io.bursar.identity;

/** What came of deciding on a request, first what is wrong with it and then what became of it. */
public sealed interface ApprovalOutcome {
    record Unknown() implements ApprovalOutcome {}

    /** Decided before, or nobody decided in time. */
    record NotOpen(Approval.State state) implements ApprovalOutcome {}

    /** Whoever asks does not approve. */
    record OwnRequest() implements ApprovalOutcome {}

    /** It cannot be done any more; the request stays open. */
    record Impossible(String sentence) implements ApprovalOutcome {}

    record Decided(Approval approval) implements ApprovalOutcome {}
}
