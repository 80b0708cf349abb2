package io.bursar.inbox;

/** What a handler made of an event. {@code detail} is one sentence for people, without personal data or secrets. */
public sealed interface Handled {
    String detail();

    /** It changed something, or had done so before. */
    record Applied(String detail) implements Handled {}

    /** It is genuine and none of our business, such as another application's on a shared account. */
    record Ignored(String detail) implements Handled {}

    /** What it builds on is not there yet. What was changed is taken back, and it comes again later. */
    record NotYet(String detail) implements Handled {}

    /** It can never be applied as it is: what was changed is taken back, and it is parked for an operator. */
    record Refused(String detail) implements Handled {}
}
