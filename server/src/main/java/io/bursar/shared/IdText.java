package io.bursar.shared;

import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ids as people see them: a prefix that says what is named and 26 characters of Crockford's base 32, {@code
 * req_01jd…}. They keep the order of the UUID behind them.
 */
public final class IdText {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 26;
    private static final Pattern BODY = Pattern.compile("[0-7][" + ALPHABET + "]{25}");

    private IdText() {}

    public static String of(String prefix, UUID id) {
        char[] body = new char[LENGTH];
        BigInteger rest =
                unsigned(id.getMostSignificantBits()).shiftLeft(Long.SIZE).or(unsigned(id.getLeastSignificantBits()));
        for (int place = LENGTH - 1; place >= 0; place--) {
            body[place] = ALPHABET.charAt(rest.intValue() & 31);
            rest = rest.shiftRight(5);
        }
        return prefix + "_" + new String(body);
    }

    /** Empty when the text is not an id of that prefix: a wrong id is simply not found. */
    public static Optional<UUID> parse(String prefix, String text) {
        if (!text.startsWith(prefix + "_")) {
            return Optional.empty();
        }
        String body = text.substring(prefix.length() + 1);
        if (!BODY.matcher(body).matches()) {
            return Optional.empty();
        }
        BigInteger value = BigInteger.ZERO;
        for (int place = 0; place < LENGTH; place++) {
            value = value.shiftLeft(5).or(BigInteger.valueOf(ALPHABET.indexOf(body.charAt(place))));
        }
        return Optional.of(new UUID(value.shiftRight(Long.SIZE).longValue(), value.longValue()));
    }

    private static BigInteger unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits));
    }
}
