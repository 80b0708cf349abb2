package io.bursar.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
    private static final MoneyUnit EUR = new MoneyUnit("EUR", 2);
    private static final MoneyUnit JPY = new MoneyUnit("JPY", 0);

    @ParameterizedTest
    @CsvSource({"39.12, 3912, 39.12", "39.1, 3910, 39.10", "0, 0, 0.00", "-5.00, -500, -5.00", "7, 700, 7.00"})
    void a_plain_decimal_becomes_minor_units_and_back(String decimal, long minor, String text) {
        Money money = Money.parse(decimal, EUR);
        assertThat(money.minor()).isEqualTo(minor);
        assertThat(money.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "39.125",
                "1e3",
                "+1",
                "01",
                "1.",
                ".5",
                "",
                " 1",
                "1,00",
                "NaN",
                "Infinity",
                "0x10",
                "１",
                "92233720368547758.08"
            })
    void what_is_not_exactly_an_amount_is_refused(String text) {
        assertThatThrownBy(() -> Money.parse(text, EUR)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_currency_without_minor_units_takes_no_decimals() {
        assertThat(Money.parse("500", JPY).minor()).isEqualTo(500);
        assertThatThrownBy(() -> Money.parse("500.5", JPY)).hasMessageContaining("at most 0 decimals");
    }

    @Test
    void sums_are_exact_or_refused() {
        Money most = new Money(Long.MAX_VALUE, EUR);
        assertThatThrownBy(() -> most.plus(new Money(1, EUR))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.plus(new Money(1, JPY))).hasMessageContaining("expected: EUR/2");
    }
}
