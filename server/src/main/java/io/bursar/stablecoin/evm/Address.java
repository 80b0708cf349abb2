package io.bursar.stablecoin.evm;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.web3j.crypto.Hash;

/**
 * Twenty bytes, kept as lower-case hex so that equal addresses are equal values. People are shown {@link
 * #checksummed}.
 */
public record Address(String hex) implements Comparable<Address> {

    private static final Pattern FORM = Pattern.compile("0x[0-9a-fA-F]{40}");
    private static final Pattern CANONICAL = Pattern.compile("0x[0-9a-f]{40}");
    private static final String WORD_PADDING = "0".repeat(24);

    public Address {
        if (!CANONICAL.matcher(hex).matches()) {
            throw new IllegalArgumentException("address: not 0x and 40 lower-case hex digits");
        }
    }

    /**
     * Reads what somebody typed. Mixed case promises an EIP-55 checksum, so a wrong one is a typing error and
     * refused.
     */
    public static Optional<Address> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        var address = new Address(Hex.lower(text));
        var digits = text.substring(2);
        var singleCase =
                digits.equals(digits.toLowerCase(Locale.ROOT)) || digits.equals(digits.toUpperCase(Locale.ROOT));
        return singleCase || address.checksummed().equals(text) ? Optional.of(address) : Optional.empty();
    }

    /** For addresses that we wrote ourselves; a wrong one is our bug. */
    public static Address of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("address: bad form or EIP-55 checksum: " + text));
    }

    /** The address in a 32-byte topic or word, empty when the twelve bytes before it are not zero. */
    static Optional<Address> ofWord(String word) {
        if (!Hex.isWord(word) || !word.startsWith(WORD_PADDING, 2)) {
            return Optional.empty();
        }
        return Optional.of(new Address("0x" + Hex.lower(word.substring(2 + WORD_PADDING.length()))));
    }

    static Address ofBytes(byte[] bytes) {
        return new Address(Hex.text(bytes));
    }

    String word() {
        return "0x" + WORD_PADDING + hex.substring(2);
    }

    public byte[] bytes() {
        return Hex.bytes(hex);
    }

    public boolean isZero() {
        return new BigInteger(1, bytes()).signum() == 0;
    }

    /** EIP-55: a letter is upper case where the hash of the lower-case digits has a nibble of 8 or more. */
    public String checksummed() {
        var digits = hex.substring(2);
        var hash = HexFormat.of().formatHex(Hash.sha3(digits.getBytes(StandardCharsets.US_ASCII)));
        var text = new StringBuilder("0x");
        for (int i = 0; i < digits.length(); i++) {
            var digit = digits.charAt(i);
            text.append(hash.charAt(i) >= '8' ? Character.toUpperCase(digit) : digit);
        }
        return text.toString();
    }

    @Override
    public int compareTo(Address other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return checksummed();
    }
}
