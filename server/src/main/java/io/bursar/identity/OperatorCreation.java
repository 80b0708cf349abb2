package io.bursar.identity;

/** What came of adding an operator. */
public sealed interface OperatorCreation {
    record Created(OperatorView operator) implements OperatorCreation {}

    /** {@code field} is the form's, {@code sentence} says what it takes. */
    record Refused(String field, String sentence) implements OperatorCreation {}
}
