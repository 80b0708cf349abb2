package io.bursar.stablecoin.evm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How sure a block is to stay, in rising order: FAST is reversible (n blocks on top), SAFE and FINAL are the tags of
 * the consensus layer. As a partner's tier, how sure it must be before a payment counts.
 */
public enum Finality {
    FAST,
    SAFE,
    FINAL;

    public boolean isAtLeast(Finality other) {
        return compareTo(other) >= 0;
    }

    /** The word that programs see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Finality> ofWord(String word) {
        return Arrays.stream(values()).filter(tier -> tier.word().equals(word)).findFirst();
    }
}
