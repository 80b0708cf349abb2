package io.bursar.stablecoin.evm;

/** The stablecoins accepted, by the symbol their contracts answer. */
public enum Asset {
    USDC,
    EURC
}
