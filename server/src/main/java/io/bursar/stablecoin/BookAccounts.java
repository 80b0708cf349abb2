package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.ChainSpec;
import java.util.Locale;

/** The names of a partner's book and of the accounts in it, in one place for whoever opens, posts or reads them. */
final class BookAccounts {
    private BookAccounts() {}

    static String book(PartnerId partner) {
        return "stablecoin/" + partner.value();
    }

    /** Stands for the chain itself: no floor. */
    static String chain(ChainSpec chain, Asset asset) {
        return "chain/" + currency(chain, asset);
    }

    static String wallet(MerchantId merchant, ChainSpec chain, Asset asset) {
        return "merchant/" + merchant.value() + "/wallet/" + currency(chain, asset);
    }

    /** What a merchant owes after a forced correction: no floor. */
    static String owed(MerchantId merchant, ChainSpec chain, Asset asset) {
        return "merchant/" + merchant.value() + "/owed/" + currency(chain, asset);
    }

    static String unclaimed(ChainSpec chain, Asset asset) {
        return "unclaimed/" + currency(chain, asset);
    }

    /** What the partner owes after unclaimed money was given out and then left the chain: no floor. */
    static String unclaimedOwed(ChainSpec chain, Asset asset) {
        return "unclaimed/owed/" + currency(chain, asset);
    }

    private static String currency(ChainSpec chain, Asset asset) {
        return chain.slug() + "-" + AssetUnits.unit(asset).code().toLowerCase(Locale.ROOT);
    }
}
