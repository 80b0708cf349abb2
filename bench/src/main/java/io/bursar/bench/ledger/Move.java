package io.bursar.bench.ledger;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** What one caller asks for: an amount from one account to another, accounts by number, under a reference. */
record Move(int from, int to, long amount, boolean held, String reference) {
    private static final int REFERENCE_BYTES = 16;
    private static final long AMOUNT_MAX = 1_000;

    static Move between(int from, int to, boolean held, RandomGenerator random) {
        byte[] reference = new byte[REFERENCE_BYTES];
        random.nextBytes(reference);
        return new Move(
                from,
                to,
                random.nextLong(1, AMOUNT_MAX + 1),
                held,
                HexFormat.of().formatHex(reference));
    }
}
