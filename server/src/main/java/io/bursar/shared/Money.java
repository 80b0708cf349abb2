package io.bursar.shared;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * An exact amount: minor units in a {@code long} and what they count. Arithmetic is exact or refused with an
 * {@link ArithmeticException}; two units never mix.
 */
public record Money(long minor, MoneyUnit unit) {
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,18})(\\.[0-9]{1,18})?");
    private static final int DECIMAL_LENGTH_MAX = 40;

    /**
     * Reads a plain decimal such as {@code "39.12"}.
     *
     * @throws IllegalArgumentException when it is no plain decimal, has more decimals than the unit, or exceeds a long
     */
    public static Money parse(String decimal, MoneyUnit unit) {
        Check.argument(
                decimal.length() <= DECIMAL_LENGTH_MAX
                        && DECIMAL.matcher(decimal).matches(),
                "amount: not a plain decimal (expected: digits like 39.12)");
        try {
            return new Money(
                    new BigDecimal(decimal)
                            .setScale(unit.scale())
                            .movePointRight(unit.scale())
                            .longValueExact(),
                    unit);
        } catch (ArithmeticException refused) {
            throw new IllegalArgumentException(
                    "amount: %s (expected: at most %d decimals and within range for %s)"
                            .formatted(decimal, unit.scale(), unit.code()),
                    refused);
        }
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minor, same(other).minor), unit);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, same(other).minor), unit);
    }

    public boolean positive() {
        return minor > 0;
    }

    public BigDecimal decimal() {
        return BigDecimal.valueOf(minor, unit.scale());
    }

    /** The plain decimal with all of the unit's places: {@code "42.500000"}. */
    public String text() {
        return decimal().toPlainString();
    }

    @Override
    public String toString() {
        return text() + " " + unit.code();
    }

    private Money same(Money other) {
        Check.argument(unit.equals(other.unit), "unit: %s (expected: %s)", other.unit, unit);
        return other;
    }
}
