package io.bursar.stablecoin;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** The rate a request was quoted at, kept with its origin so that the amount can be checked for ever. */
public record LockedRate(BigDecimal rate, String source, LocalDate asOf, Instant fetchedAt) {
    /** As a plain decimal without zeros that say nothing. */
    public String text() {
        return rate.stripTrailingZeros().toPlainString();
    }
}
