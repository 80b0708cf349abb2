package io.bursar.stablecoin.evm;

import java.util.Optional;
import java.util.regex.Pattern;

/** Hash of a block: 0x and 64 hex digits, kept in lower case. */
public record BlockHash(String hex) {

    private static final Pattern CANONICAL = Pattern.compile("0x[0-9a-f]{64}");

    public BlockHash {
        if (!CANONICAL.matcher(hex).matches()) {
            throw new IllegalArgumentException("block hash: not 0x and 64 lower-case hex digits");
        }
    }

    public static Optional<BlockHash> parse(String text) {
        return Hex.isWord(text) ? Optional.of(new BlockHash(Hex.lower(text))) : Optional.empty();
    }

    public static BlockHash of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("block hash: bad form"));
    }

    @Override
    public String toString() {
        return hex;
    }
}
