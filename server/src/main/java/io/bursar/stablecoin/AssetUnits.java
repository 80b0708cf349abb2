package io.bursar.stablecoin;

import io.bursar.shared.MoneyUnit;
import io.bursar.stablecoin.evm.Asset;

/** What a stablecoin is counted in, and the currency it stands at parity with. */
public final class AssetUnits {
    private static final int SCALE = 6;
    private static final MoneyUnit USD = new MoneyUnit("USD", 2);
    private static final MoneyUnit EUR = new MoneyUnit("EUR", 2);

    private AssetUnits() {}

    public static MoneyUnit unit(Asset asset) {
        return new MoneyUnit(asset.name(), SCALE);
    }

    public static MoneyUnit peg(Asset asset) {
        return switch (asset) {
            case USDC -> USD;
            case EURC -> EUR;
        };
    }
}
