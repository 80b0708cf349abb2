package io.bursar.stablecoin;

import java.util.Locale;

/** How far the proof of payment has come. FAILED judges the proof and not the request, which stays payable. */
public enum ProofStatus {
    NONE,
    ATTACHED,
    VERIFIED,
    FAILED;

    /** The word that is stored and that programs see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ProofStatus ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
