package io.bursar.fx;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a source says is a rate. Whatever is refused here never replaces a good rate: the good one is served
 * until it is too old, and then there is none.
 */
final class Acceptance {
    private static final Pattern PLAIN_DECIMAL = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,10})?");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Acceptance() {}

    sealed interface Verdict {
        record Good(BigDecimal rate) implements Verdict {}

        record Refused(String reason) implements Verdict {}
    }

    /** Judges one currency's rate; from the last good one it may differ by {@code jumpPercentMax} at most. */
    static Verdict decide(@Nullable String text, @Nullable BigDecimal lastGood, int jumpPercentMax) {
        if (text == null) {
            return new Verdict.Refused("The source no longer names it.");
        }
        if (!PLAIN_DECIMAL.matcher(text).matches()) {
            return new Verdict.Refused(
                    "The source says \"%s\", which is not a positive decimal.".formatted(shown(text)));
        }
        BigDecimal rate = new BigDecimal(text);
        if (rate.signum() == 0) {
            return new Verdict.Refused("The source says zero.");
        }
        if (lastGood != null && jumped(rate, lastGood, jumpPercentMax)) {
            return new Verdict.Refused("It jumped from %s to %s, more than %d %%."
                    .formatted(lastGood.stripTrailingZeros().toPlainString(), text, jumpPercentMax));
        }
        return new Verdict.Good(rate);
    }

    /** Why a feed of that day is not to be used at all; empty when it is. */
    static Optional<String> dayRefusal(LocalDate asOf, @Nullable LocalDate newestKept, LocalDate today) {
        if (asOf.isAfter(today)) {
            return Optional.of("The source's day %s lies in the future.".formatted(asOf));
        }
        LocalDate oldest = TargetCalendar.lastButOne(today);
        if (asOf.isBefore(oldest)) {
            return Optional.of("The source's day %s is stale (expected: %s or later).".formatted(asOf, oldest));
        }
        if (newestKept != null && asOf.isBefore(newestKept)) {
            return Optional.of("The source went back from %s to %s.".formatted(newestKept, asOf));
        }
        return Optional.empty();
    }

    private static boolean jumped(BigDecimal rate, BigDecimal lastGood, int percentMax) {
        BigDecimal difference = rate.subtract(lastGood).abs().multiply(HUNDRED);
        return difference.compareTo(lastGood.multiply(BigDecimal.valueOf(percentMax))) > 0;
    }

    private static String shown(String text) {
        return text.replaceAll("[^ -~]", "?");
    }
}
