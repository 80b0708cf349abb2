package io.bursar.stablecoin;

import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Reads an amount of fiat money as somebody wrote it, and says by name what is wrong with it. */
sealed interface FiatAmount {
    /** Above this nobody is asked to pay, whatever the currency; it also keeps every product within a long. */
    long MAJOR_UNITS_MAX = 1_000_000_000;

    int TEXT_LENGTH_MAX = 40;

    Pattern PLAIN_DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");

    record Read(Money amount) implements FiatAmount {}

    record Wrong(String code, String sentence) implements FiatAmount {}

    static FiatAmount parse(String text, MoneyUnit unit) {
        if (text.length() > TEXT_LENGTH_MAX || !PLAIN_DECIMAL.matcher(text).matches()) {
            return new Wrong("amount_invalid", "The amount must be a plain decimal such as 39.12.");
        }
        BigDecimal amount = new BigDecimal(text);
        if (amount.signum() < 0) {
            return new Wrong("amount_negative", "The amount must be above zero; this one is negative.");
        }
        if (amount.scale() > unit.scale()) {
            return new Wrong("amount_too_precise", tooPrecise(unit));
        }
        if (amount.signum() == 0) {
            return new Wrong("amount_zero", "The amount must be above zero.");
        }
        if (amount.compareTo(BigDecimal.valueOf(MAJOR_UNITS_MAX)) > 0) {
            return new Wrong(
                    "amount_too_large", "The amount must not exceed %d %s.".formatted(MAJOR_UNITS_MAX, unit.code()));
        }
        return new Read(new Money(amount.movePointRight(unit.scale()).longValueExact(), unit));
    }

    private static String tooPrecise(MoneyUnit unit) {
        return unit.scale() == 0
                ? "%s has no minor unit: the amount must be a whole number.".formatted(unit.code())
                : "%s has %d decimals: the amount must not have more.".formatted(unit.code(), unit.scale());
    }
}
