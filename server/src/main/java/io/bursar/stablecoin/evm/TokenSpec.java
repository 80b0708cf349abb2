package io.bursar.stablecoin.evm;

import java.util.Optional;

/**
 * A token contract and what it must answer. {@code name} and {@code version} (the EIP-712 domain) are held against the
 * contract's answer only where they are known for certain.
 */
public record TokenSpec(
        long chainId, Asset asset, Address contract, int decimals, Optional<String> name, Optional<String> version) {

    public String symbol() {
        return asset.name();
    }
}
