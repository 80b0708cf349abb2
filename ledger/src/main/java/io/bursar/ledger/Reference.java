package io.bursar.ledger;

/**
 * The business fact that a posting records, unique in its book: the provider's object and the step, never an event
 * id, the clock or the request body. The same fact reported twice must make the same reference, and so posts once.
 */
public record Reference(String value) {
    public static final int LENGTH_MAX = 300;

    public Reference {
        Check.argument(!value.isBlank(), "reference", "blank", "a business fact");
        Check.argument(value.length() <= LENGTH_MAX, "reference length", value.length(), "<= " + LENGTH_MAX);
        Check.argument(value.chars().noneMatch(Character::isISOControl), "reference", value, "no control characters");
    }

    public static Reference of(String value) {
        return new Reference(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
