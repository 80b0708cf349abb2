package io.bursar.stablecoin;

import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a fiat amount comes to in a stablecoin: amount × rate, exact until the last step and then rounded half-even to
 * the coin's unit. Over many requests that favours neither side, and it is what the published rate can be checked by.
 */
final class Quotes {
    private Quotes() {}

    /** Empty when the result is less than half a unit or more than the ledger can count. */
    static Optional<Money> due(Money fiat, BigDecimal rate, MoneyUnit unit) {
        BigInteger minor = fiat.decimal()
                .multiply(rate)
                .movePointRight(unit.scale())
                .setScale(0, RoundingMode.HALF_EVEN)
                .toBigIntegerExact();
        return minor.signum() > 0 && minor.bitLength() < Long.SIZE
                ? Optional.of(new Money(minor.longValueExact(), unit))
                : Optional.empty();
    }
}
