package io.bursar.fx;

import io.bursar.shared.MoneyUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rates between the supported fiat currencies and what stablecoins stand at parity with. */
@Component
public class Fx {
    /** The 28 supported currencies with their ISO 4217 scales, by code. */
    public List<MoneyUnit> currencies() {
        throw new IllegalStateException("skeleton");
    }

    public Optional<MoneyUnit> currency(String code) {
        throw new IllegalStateException("skeleton");
    }

    /**
     * What one unit of {@code fiat} is worth in units of {@code pegged}, the currency a token stands at parity with.
     * Parity itself (USD in USD) never fails.
     */
    public FxAnswer rate(MoneyUnit fiat, MoneyUnit pegged) {
        throw new IllegalStateException("skeleton");
    }
}
