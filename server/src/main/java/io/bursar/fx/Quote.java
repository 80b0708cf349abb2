package io.bursar.fx;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** The last good rate of a currency: units of it for one EUR. */
record Quote(String currency, BigDecimal rate, LocalDate asOf, String source, Instant fetchedAt) {}
