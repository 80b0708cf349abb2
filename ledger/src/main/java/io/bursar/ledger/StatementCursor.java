package io.bursar.ledger;

import java.time.Instant;

/** Where a page of a statement ended: posting time and sequence of a line, in the order of the account's indexes. */
record StatementCursor(Instant postedAt, long sequence) {
    private static final String SEPARATOR = "_";
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    static StatementCursor of(StatementLine last) {
        return new StatementCursor(last.transfer().postedAt(), last.sequence());
    }

    static StatementCursor parse(String cursor) {
        int separator = cursor.lastIndexOf(SEPARATOR);
        Check.argument(separator > 0, "cursor", cursor, "one that a page ended with");
        Instant postedAt = Instant.parse(cursor.substring(0, separator));
        Check.argument(
                !postedAt.isBefore(EARLIEST) && postedAt.isBefore(LATEST), "cursor", cursor, "a time that can be");
        return new StatementCursor(postedAt, Long.parseLong(cursor.substring(separator + 1)));
    }

    @Override
    public String toString() {
        return postedAt + SEPARATOR + sequence;
    }
}
