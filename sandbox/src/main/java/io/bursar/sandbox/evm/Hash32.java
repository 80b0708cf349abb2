package io.bursar.sandbox.evm;

import java.util.Locale;
import java.util.regex.Pattern;

/** A 32-byte hash or word, always written in lower case. */
public record Hash32(String hex) {
    private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{64}");

    static final Hash32 ZERO = new Hash32("0x" + "0".repeat(64));

    public Hash32 {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("hash: " + hex + " (expected: 0x and 64 hex digits)");
        }
    }

    public static Hash32 of(String text) {
        return new Hash32(text.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return hex;
    }
}
