package io.bursar.stablecoin;

/** What became of an operator's wish that a partner's payments count earlier or later. */
public sealed interface TierChange {
    /** Also when it was so already. */
    record Changed() implements TierChange {}

    record Refused(FieldError error) implements TierChange {}
}
