package io.bursar.sandbox.anvil;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.web3j.crypto.Hash;

/** Just enough contract ABI for our contracts, on purpose not Bursar's. */
final class Abi {

    private static final int WORD_BYTES = 32;
    private static final int WORD_DIGITS = 2 * WORD_BYTES;
    private static final int SELECTOR_CHARS = 10;

    private Abi() {}

    static String call(String signature, String... words) {
        return Hash.sha3String(signature).substring(0, SELECTOR_CHARS) + String.join("", words);
    }

    static String word(String address) {
        return pad(address.substring(2).toLowerCase(Locale.ROOT));
    }

    static String word(BigInteger value) {
        return pad(value.toString(16));
    }

    static String word(boolean value) {
        return word(value ? BigInteger.ONE : BigInteger.ZERO);
    }

    static String words(List<String> words) {
        return word(BigInteger.valueOf(words.size())) + String.join("", words);
    }

    /** The head of an array argument: where it begins, counted in words from the first argument. */
    static String offset(int words) {
        return word(BigInteger.valueOf((long) words * WORD_BYTES));
    }

    private static String pad(String digits) {
        return "0".repeat(WORD_DIGITS - digits.length()) + digits;
    }
}
