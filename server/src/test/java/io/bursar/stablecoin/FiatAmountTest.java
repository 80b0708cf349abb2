package io.bursar.stablecoin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.shared.MoneyUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiatAmountTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # written               | unit  | read, or why not
            39.12                   | EUR/2 | 39.12
            39.1                    | EUR/2 | 39.10
            39                      | EUR/2 | 39.00
            0.01                    | EUR/2 | 0.01
            4200                    | JPY/0 | 4200
            1000000000              | EUR/2 | 1000000000.00
            0                       | EUR/2 | amount_zero
            0.00                    | EUR/2 | amount_zero
            -0                      | EUR/2 | amount_zero
            -0.01                   | EUR/2 | amount_negative
            -39.123                 | EUR/2 | amount_negative
            39.123                  | EUR/2 | amount_too_precise
            0.001                   | EUR/2 | amount_too_precise
            39.120                  | EUR/2 | amount_too_precise
            4200.5                  | JPY/0 | amount_too_precise
            1000000000.01           | EUR/2 | amount_too_large
            99999999999999999999    | EUR/2 | amount_too_large
            39,12                   | EUR/2 | amount_invalid
            1e3                     | EUR/2 | amount_invalid
            +5                      | EUR/2 | amount_invalid
            007                     | EUR/2 | amount_invalid
            .5                      | EUR/2 | amount_invalid
            5.                      | EUR/2 | amount_invalid
            ' 5'                    | EUR/2 | amount_invalid
            ''                      | EUR/2 | amount_invalid
            NaN                     | EUR/2 | amount_invalid
            ٣                       | EUR/2 | amount_invalid
            99999999999999999999999999999999999999999 | EUR/2 | amount_invalid
            """)
    void what_is_written_is_read_exactly_or_refused_by_name(String written, String unit, String expected) {
        String[] parts = unit.split("/", 2);

        FiatAmount answer = FiatAmount.parse(written, new MoneyUnit(parts[0], Integer.parseInt(parts[1])));

        assertThat(
                        switch (answer) {
                            case FiatAmount.Read read -> read.amount().text();
                            case FiatAmount.Wrong wrong -> wrong.code();
                        })
                .isEqualTo(expected);
    }
}
