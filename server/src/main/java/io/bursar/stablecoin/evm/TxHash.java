package io.bursar.stablecoin.evm;

import java.util.Optional;
import java.util.regex.Pattern;

/** Hash of a transaction: 0x and 64 hex digits, kept in lower case. */
public record TxHash(String hex) {

    private static final Pattern CANONICAL = Pattern.compile("0x[0-9a-f]{64}");

    public TxHash {
        if (!CANONICAL.matcher(hex).matches()) {
            throw new IllegalArgumentException("transaction hash: not 0x and 64 lower-case hex digits");
        }
    }

    public static Optional<TxHash> parse(String text) {
        return Hex.isWord(text) ? Optional.of(new TxHash(Hex.lower(text))) : Optional.empty();
    }

    public static TxHash of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("transaction hash: bad form"));
    }

    @Override
    public String toString() {
        return hex;
    }
}
