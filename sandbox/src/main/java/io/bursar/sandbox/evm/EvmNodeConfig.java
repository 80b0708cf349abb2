package io.bursar.sandbox.evm;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Which chain, where it is kept, and whose time it follows. A node that does not tick mines only when told to; port 0
 * takes any free one.
 */
public record EvmNodeConfig(
        long chainId, Path directory, int port, Clock clock, List<TokenSpec> tokens, boolean ticking) {

    public EvmNodeConfig(long chainId, Path directory, int port, Clock clock) {
        this(chainId, directory, port, clock, TokenSpec.of(chainId), true);
    }

    /** For tests that decide themselves when a block comes. */
    public EvmNodeConfig minedByHand() {
        return new EvmNodeConfig(chainId, directory, port, clock, tokens, false);
    }
}
