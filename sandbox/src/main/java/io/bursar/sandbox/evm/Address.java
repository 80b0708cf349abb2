package io.bursar.sandbox.evm;

import java.util.Locale;
import java.util.regex.Pattern;

/** A 20-byte address, always written in lower case. */
public record Address(String hex) {
    private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{40}");

    static final Address ZERO = new Address("0x" + "0".repeat(40));

    public Address {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("address: " + hex + " (expected: 0x and 40 hex digits)");
        }
    }

    public static Address of(String text) {
        return new Address(text.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return hex;
    }
}
