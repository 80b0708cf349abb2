package io.bursar.inbox;

/**
 * What a system does with the events of one provider, in two steps. Events come in any order, more than once after a
 * replay, and some never: whatever order they come in has to end in the same state ({@code Convergence} in the tests
 * holds a handler to that). Two events about one subject never run side by side.
 *
 * @param <G> what the first step hands to the second
 */
public interface EventHandler<G> {
    /** The provider whose events these are; each has one handler. */
    String provider();

    /**
     * Asks whoever has to be asked, outside of any transaction. Changes nothing, for it may run more than once.
     *
     * @throws io.bursar.platform.WorldFailedException when whoever is asked does not answer: tried again later
     */
    G gather(InboxEvent event);

    /**
     * Changes what has to change, in the one transaction that also records the outcome: domain rows, posting intents,
     * webhooks out. Asks nobody.
     */
    Handled apply(InboxEvent event, G gathered);
}
