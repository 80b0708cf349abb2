package io.bursar.fx;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** A rate, or why there is none. */
public sealed interface FxAnswer {
    /**
     * A rate good enough to lock.
     *
     * @param rate units of the pegged currency for one unit of the fiat currency
     * @param source {@code ecb}, or {@code parity}
     * @param asOf the day the source published it for
     * @param fetchedAt when we last read it from the source
     */
    record Rate(BigDecimal rate, String source, LocalDate asOf, Instant fetchedAt) implements FxAnswer {}

    /** No rate that may be used: {@code reason} is a sentence. */
    record Unavailable(String reason) implements FxAnswer {}
}
