package io.bursar.stablecoin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotesTest {
    private static final MoneyUnit USDC = new MoneyUnit("USDC", 6);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # fiat     | scale | rate        | due
            39.12      | 2     | 1           | 39.120000
            39.12      | 2     | 1.0864      | 42.499968
            4200       | 0     | 0.0066      | 27.720000
            0.01       | 2     | 0.00005     | none
            0.01       | 2     | 0.00015     | 0.000002
            0.01       | 2     | 0.00025     | 0.000002
            0.01       | 2     | 0.00035     | 0.000004
            1          | 0     | 0.0000005   | none
            1          | 0     | 0.00000051  | 0.000001
            1000000000 | 0     | 9223        | 9223000000000.000000
            1000000000 | 0     | 9224        | none
            """)
    void the_amount_due_is_rounded_half_even_at_the_last_step_only(
            String fiat, int scale, String rate, String expected) {
        Money amount = Money.parse(fiat, new MoneyUnit("TST", scale));

        assertThat(Quotes.due(amount, new BigDecimal(rate), USDC)
                        .map(Money::text)
                        .orElse("none"))
                .isEqualTo(expected);
    }
}
