package io.bursar.stablecoin.evm;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.web3j.crypto.Hash;

/** The three hexadecimal forms of the wire: quantities (0x0, 0x1f), byte strings, and 32-byte words. */
final class Hex {

    static final int WORD_HEX_DIGITS = 64;

    private static final String PREFIX = "0x";
    private static final Pattern QUANTITY = Pattern.compile("0x[0-9a-fA-F]{1,64}");
    private static final Pattern BYTES = Pattern.compile("0x([0-9a-fA-F]{2})*");
    private static final Pattern WORD = Pattern.compile("0x[0-9a-fA-F]{64}");

    private Hex() {}

    static boolean isWord(String text) {
        return WORD.matcher(text).matches();
    }

    static boolean isBytes(String text) {
        return BYTES.matcher(text).matches();
    }

    static BigInteger quantity(String text) {
        if (!QUANTITY.matcher(text).matches()) {
            throw new MalformedAnswer("quantity: %s (expected: 0x and 1 to 64 hex digits)".formatted(brief(text)));
        }
        return new BigInteger(text.substring(PREFIX.length()), 16);
    }

    static long longQuantity(String text) {
        var value = quantity(text);
        if (value.bitLength() >= Long.SIZE) {
            throw new MalformedAnswer("quantity: %s (expected: below 2^63)".formatted(brief(text)));
        }
        return value.longValue();
    }

    static String quantity(long value) {
        return PREFIX + Long.toHexString(value);
    }

    static String word(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > 256) {
            throw new IllegalArgumentException("uint256: " + value + " (expected: 0 to 2^256-1)");
        }
        var digits = value.toString(16);
        return "0".repeat(WORD_HEX_DIGITS - digits.length()) + digits;
    }

    static byte[] bytes(String text) {
        if (!isBytes(text)) {
            throw new IllegalArgumentException("bytes: not 0x and pairs of hex digits");
        }
        return HexFormat.of().parseHex(text, PREFIX.length(), text.length());
    }

    static String text(byte[] bytes) {
        return PREFIX + HexFormat.of().formatHex(bytes);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Topic of an event or, cut to four bytes, selector of a function. */
    static String keccak(String signature) {
        return text(Hash.sha3(signature.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String brief(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20) + "…";
    }
}
