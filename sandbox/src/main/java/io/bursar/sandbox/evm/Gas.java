package io.bursar.sandbox.evm;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Gas as a fixed tariff: near what the real contracts take, and the same every time. */
final class Gas {
    static final long BLOCK_LIMIT = 30_000_000;
    static final BigInteger BASE_FEE_WEI = BigInteger.valueOf(10_000_000);
    static final BigInteger TIP_WEI = BigInteger.valueOf(1_000_000);

    private static final long PLAIN = 21_000;
    private static final long TOKEN_CALL = 55_000;
    private static final long AUTHORIZED_TRANSFER = 85_000;
    private static final long DATA_BYTE = 16;

    private Gas() {}

    static long needed(@Nullable TokenContract token, String input) {
        if (token == null) {
            return PLAIN + DATA_BYTE * (input.length() / 2 - 1);
        }
        return switch (Words.selector(input)) {
            case "0xe3ee160e", "0xef55bec6" -> AUTHORIZED_TRANSFER;
            default -> TOKEN_CALL;
        };
    }
}
