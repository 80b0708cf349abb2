package io.bursar.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * Where a page of the statement of an account of lots ended: posting time, lot and sequence of a line, and the balance
 * before it, from which the next page counts on.
 */
record LotCursor(Instant postedAt, UUID lot, long sequence, long balance) {
    private static final String SEPARATOR = "_";

    static LotCursor parse(String cursor) {
        String[] parts = cursor.split(SEPARATOR, -1);
        Check.argument(parts.length == 4, "cursor", cursor, "one that a page ended with");
        StatementCursor line = StatementCursor.parse(parts[0] + SEPARATOR + parts[2]);
        return new LotCursor(line.postedAt(), UUID.fromString(parts[1]), line.sequence(), Long.parseLong(parts[3]));
    }

    @Override
    public String toString() {
        return String.join(SEPARATOR, postedAt.toString(), lot.toString(), "" + sequence, "" + balance);
    }
}
