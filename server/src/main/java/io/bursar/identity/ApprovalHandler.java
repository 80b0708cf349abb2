package io.bursar.identity;

/** Does what two operators agreed on. Every bean of this type is found by its kind. */
public interface ApprovalHandler {
    /** Stable, in kebab case: it is stored with each request. */
    String kind();

    /** Does it inside the transaction of the approval: both happen or neither. */
    Effect carryOut(Approval approval);

    /** What came of it. */
    sealed interface Effect {
        /** {@code afterwards} runs once it has committed; what a kill leaves of it, somebody else must finish. */
        record Done(Runnable afterwards) implements Effect {}

        /** It cannot be done any more. The request stays open, and whoever approved reads why. */
        record Impossible(String sentence) implements Effect {}
    }
}
