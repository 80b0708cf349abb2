package io.bursar.fx;

import io.bursar.shared.MoneyUnit;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rates between the supported fiat currencies and what stablecoins stand at parity with. */
@Component
public class Fx {
    private final FxStore store;
    private final FxSettings settings;
    private final Clock clock;

    Fx(FxStore store, FxSettings settings, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /** The 28 supported currencies with their ISO 4217 scales, by code. */
    public List<MoneyUnit> currencies() {
        return Currencies.ALL;
    }

    public Optional<MoneyUnit> currency(String code) {
        return Currencies.find(code);
    }

    /**
     * What one unit of {@code fiat} is worth in units of {@code pegged}, the currency a token stands at parity with.
     * Parity itself (USD in USD) never fails.
     */
    public FxAnswer rate(MoneyUnit fiat, MoneyUnit pegged) {
        Map<String, Quote> quotes = fiat.code().equals(pegged.code()) ? Map.of() : store.quotes();
        return CrossRate.decide(fiat.code(), pegged.code(), quotes, clock.instant(), settings.staleAfter());
    }
}
