package io.bursar.fx;

import io.bursar.fx.FxAnswer.Rate;
import io.bursar.fx.FxAnswer.Unavailable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The rate between two currencies, by way of the euro both are quoted against: one division, rounded half-even to
 * {@link #SCALE} places, and nothing rounded before it. It is as old as the older of the two quotes.
 */
final class CrossRate {
    static final int SCALE = 12;
    static final String PARITY = "parity";

    private CrossRate() {}

    static FxAnswer decide(String fiat, String pegged, Map<String, Quote> quotes, Instant now, Duration staleAfter) {
        LocalDate today = LocalDate.ofInstant(now, TargetCalendar.ZONE);
        if (fiat.equals(pegged)) {
            return new Rate(BigDecimal.ONE, PARITY, today, now);
        }
        for (String code : new String[] {fiat, pegged}) {
            if (Currencies.find(code).isEmpty()) {
                return new Unavailable(code + " is not one of the supported currencies.");
            }
            if (!code.equals(Currencies.BASE)) {
                Quote quote = quotes.get(code);
                if (quote == null) {
                    return new Unavailable("No rate for " + code + " has been read yet.");
                }
                if (now.isAfter(quote.fetchedAt().plus(staleAfter))) {
                    return new Unavailable("The last good rate for %s was read %d seconds ago (at most %d are allowed)."
                            .formatted(
                                    code,
                                    Duration.between(quote.fetchedAt(), now).toSeconds(),
                                    staleAfter.toSeconds()));
                }
                if (quote.asOf().isBefore(TargetCalendar.lastButOne(today))) {
                    return new Unavailable(
                            "The last good rate for %s is of %s, which is too old.".formatted(code, quote.asOf()));
                }
            }
        }
        return crossed(fiat, pegged, quotes);
    }

    private static FxAnswer crossed(String fiat, String pegged, Map<String, Quote> quotes) {
        BigDecimal rate = perEuro(pegged, quotes).divide(perEuro(fiat, quotes), SCALE, RoundingMode.HALF_EVEN);
        var used = Stream.of(fiat, pegged)
                .filter(code -> !code.equals(Currencies.BASE))
                .map(code -> Objects.requireNonNull(quotes.get(code)))
                .toList();
        return new Rate(
                rate,
                used.getFirst().source(),
                used.stream().map(Quote::asOf).min(LocalDate::compareTo).orElseThrow(),
                used.stream().map(Quote::fetchedAt).min(Instant::compareTo).orElseThrow());
    }

    private static BigDecimal perEuro(String code, Map<String, Quote> quotes) {
        return code.equals(Currencies.BASE)
                ? BigDecimal.ONE
                : Objects.requireNonNull(quotes.get(code)).rate();
    }
}
