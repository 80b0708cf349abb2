package io.bursar.ledger.proof;

/** Something of the database that is not what the rest of it says: in which row, what, and what it would have to be. */
public record Finding(String table, String row, String what, String expected, String found) {

    @Override
    public String toString() {
        return "%s %s: %s is %s (expected: %s)".formatted(table, row, what, found, expected);
    }
}
