package io.bursar.stablecoin.evm;

/**
 * How sure a block is to stay: FAST is reversible (n blocks on top), SAFE and FINAL are the tags of the consensus
 * layer.
 */
public enum Finality {
    FAST,
    SAFE,
    FINAL
}
