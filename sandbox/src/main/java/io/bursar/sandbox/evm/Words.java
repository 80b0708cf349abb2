package io.bursar.sandbox.evm;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** The little of the ABI that token contracts need: 32-byte words, strings, selectors. */
final class Words {
    static final BigInteger MAX = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    static final String TRUE = of(BigInteger.ONE);
    static final String FALSE = of(BigInteger.ZERO);

    private static final int WORD_DIGITS = 64;
    private static final int SELECTOR_DIGITS = 8;

    private Words() {}

    /** The first four bytes of the call data, as {@code 0x…}; empty when the data is shorter. */
    static String selector(String data) {
        return data.length() < 2 + SELECTOR_DIGITS ? "" : data.substring(0, 2 + SELECTOR_DIGITS);
    }

    static String selectorOf(String signature) {
        return Hash.sha3String(signature).substring(0, 2 + SELECTOR_DIGITS);
    }

    static Hash32 topicOf(String signature) {
        return Hash32.of(Hash.sha3String(signature));
    }

    /** The n-th argument of the call data, 64 hex digits. */
    static String argument(String data, int index) {
        int start = 2 + SELECTOR_DIGITS + index * WORD_DIGITS;
        if (data.length() < start + WORD_DIGITS) {
            throw new RevertException("call data: " + data.length() + " digits (expected: argument " + index + ")");
        }
        return data.substring(start, start + WORD_DIGITS);
    }

    static BigInteger number(String data, int index) {
        return new BigInteger(argument(data, index), 16);
    }

    static Address address(String data, int index) {
        var word = argument(data, index);
        if (!word.startsWith("0".repeat(24))) {
            throw new RevertException("argument " + index + " is not an address");
        }
        return Address.of("0x" + word.substring(24));
    }

    static Hash32 hash(String data, int index) {
        return Hash32.of("0x" + argument(data, index));
    }

    static String of(BigInteger value) {
        return Numeric.toHexStringNoPrefixZeroPadded(value, WORD_DIGITS);
    }

    static String of(Address address) {
        return "0".repeat(24) + address.hex().substring(2);
    }

    static String of(Hash32 hash) {
        return hash.hex().substring(2);
    }

    static Hash32 topic(Address address) {
        return new Hash32("0x" + of(address));
    }

    /** One string as the only return value. */
    static String string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var digits = Numeric.toHexStringNoPrefix(bytes);
        int padding = (WORD_DIGITS - digits.length() % WORD_DIGITS) % WORD_DIGITS;
        return of(BigInteger.valueOf(32)) + of(BigInteger.valueOf(bytes.length)) + digits + "0".repeat(padding);
    }

    /** {@code Error(string)}: what Solidity returns with a revert. */
    static String revertData(String reason) {
        return "0x08c379a0" + string(reason);
    }

    static Hash32 keccak(String hexDigits) {
        return new Hash32(Hash.sha3("0x" + hexDigits));
    }

    static Hash32 keccakOfText(String text) {
        return Hash32.of(Hash.sha3String(text));
    }
}
