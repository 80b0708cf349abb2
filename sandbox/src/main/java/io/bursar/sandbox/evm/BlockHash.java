package io.bursar.sandbox.evm;

import java.util.HexFormat;
import java.util.List;

/**
 * Keccak over what a block holds. The block's number is folded into the last eight bytes, so that a block is found by
 * its hash without an index that would grow by an entry a second.
 */
final class BlockHash {
    private static final int HEAD_DIGITS = 50;
    private static final int NUMBER_DIGITS = 16;

    private BlockHash() {}

    static Hash32 of(Hash32 before, long number, long timestamp, int fork, List<Transaction> transactions) {
        var content = new StringBuilder(Words.of(before))
                .append(digits(number))
                .append(digits(timestamp))
                .append(digits(fork));
        transactions.forEach(transaction -> content.append(Words.of(transaction.hash())));
        var keccak = Words.keccak(content.toString()).hex();
        var head = keccak.substring(0, HEAD_DIGITS);
        return new Hash32(head + digits(number ^ mask(head)));
    }

    static long numberIn(Hash32 hash) {
        return HexFormat.fromHexDigitsToLong(hash.hex(), HEAD_DIGITS, HEAD_DIGITS + NUMBER_DIGITS) ^ mask(hash.hex());
    }

    private static long mask(String hash) {
        return HexFormat.fromHexDigitsToLong(hash, 2, 2 + NUMBER_DIGITS);
    }

    private static String digits(long value) {
        return HexFormat.of().toHexDigits(value);
    }
}
