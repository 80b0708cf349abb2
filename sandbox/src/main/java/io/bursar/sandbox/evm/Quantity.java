package io.bursar.sandbox.evm;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.web3j.utils.Numeric;

/** The hex quantities of JSON-RPC: no leading zeros, {@code 0x0} for zero. */
final class Quantity {
    private static final Pattern FORM = Pattern.compile("0x[0-9a-fA-F]{1,64}");

    private Quantity() {}

    static String of(long value) {
        return "0x" + Long.toHexString(value);
    }

    static String of(BigInteger value) {
        return Numeric.toHexStringWithPrefix(value);
    }

    static BigInteger parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw RpcException.invalidParams("quantity: " + text + " (expected: 0x and hex digits)");
        }
        return new BigInteger(text.substring(2), 16);
    }

    static long parseLong(String text) {
        var value = parse(text);
        if (value.bitLength() > 63) {
            throw RpcException.invalidParams("quantity: " + text + " (expected: at most 63 bits)");
        }
        return value.longValueExact();
    }
}
