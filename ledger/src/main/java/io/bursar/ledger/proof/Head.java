package io.bursar.ledger.proof;

import java.util.HexFormat;
import java.util.UUID;

/** Where an account stands: its last row, and what it holds. This is what a seal seals. */
public record Head(UUID account, long sequence, String hash, long posted, long pendingDebits, long pendingCredits) {

    /** Its leaf in the tree of a seal. */
    byte[] leaf() {
        return new Bytes()
                .text("bursar account head 1")
                .number(account.getMostSignificantBits())
                .number(account.getLeastSignificantBits())
                .number(sequence)
                .raw(HexFormat.of().parseHex(hash))
                .number(posted)
                .number(pendingDebits)
                .number(pendingCredits)
                .copy();
    }

    @Override
    public String toString() {
        return "%s %d %s %d %d %d".formatted(account, sequence, hash, posted, pendingDebits, pendingCredits);
    }

    /** Reads what {@link #toString} wrote. */
    static Head parse(String line) {
        String[] fields = line.split(" ", -1);
        if (fields.length != 6) {
            throw new IllegalArgumentException("head: " + fields.length + " fields (expected: 6)");
        }
        return new Head(
                UUID.fromString(fields[0]),
                Long.parseLong(fields[1]),
                fields[2],
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]),
                Long.parseLong(fields[5]));
    }
}
