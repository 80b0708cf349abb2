package io.bursar.stablecoin;

import java.util.Locale;

/** INVITED has no wallet yet; DISABLED keeps its history and can neither ask for nor receive anything new. */
public enum MerchantStatus {
    INVITED,
    ACCEPTED,
    DISABLED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MerchantStatus ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
