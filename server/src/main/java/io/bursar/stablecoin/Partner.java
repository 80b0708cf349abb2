package io.bursar.stablecoin;

import io.bursar.ledger.BookId;
import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.Finality;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A business that takes money through Bursar for its merchants. Chain and asset hold for requests made from now on, the
 * tier for payments seen from now on.
 *
 * @param tier how sure a block must be before its payments count
 */
public record Partner(
        PartnerId id,
        String name,
        String slug,
        long chainId,
        Asset asset,
        Money minFiatPerRequest,
        Finality tier,
        @Nullable String brandColor,
        BookId book,
        Instant createdAt) {

    public MoneyUnit displayUnit() {
        return minFiatPerRequest.unit();
    }
}
