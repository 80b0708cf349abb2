package io.bursar.fx;

import io.bursar.shared.MoneyUnit;
import java.util.List;
import java.util.Optional;

/** The 28 fiat currencies: the ECB's list with the euro, less ISK and IDR, each with its ISO 4217 scale. */
final class Currencies {
    /** What the source quotes against, and so never has a rate of its own. */
    static final String BASE = "EUR";

    private static final List<String> WHOLE_UNITS = List.of("JPY", "KRW");
    static final List<MoneyUnit> ALL = List.of(
                    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "INR", "JPY",
                    "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON", "SEK", "SGD", "THB", "TRY", "USD", "ZAR")
            .stream()
            .map(code -> new MoneyUnit(code, WHOLE_UNITS.contains(code) ? 0 : 2))
            .toList();

    private Currencies() {}

    static Optional<MoneyUnit> find(String code) {
        return ALL.stream().filter(unit -> unit.code().equals(code)).findFirst();
    }

    /** Those the source must name in every feed. */
    static List<String> quoted() {
        return ALL.stream()
                .map(MoneyUnit::code)
                .filter(code -> !code.equals(BASE))
                .toList();
    }
}
