package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.Asset;
import java.util.Optional;

/** Whether payments in an asset can be taken on a chain now; answered by the watching half of this module. */
public interface ChainAvailability {
    /** A sentence when they cannot: no endpoint configured, or the token is not there yet. */
    Optional<String> refusal(long chainId, Asset asset);
}
