package io.bursar.stablecoin.evm;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of a chain beforehand: names, tokens, and the block counts that stand in for a finality tag. */
public record ChainSpec(
        long id,
        String slug,
        String name,
        String nativeSymbol,
        Duration blockTime,
        String explorer,
        Map<Finality, Integer> blocksOnTop,
        List<TokenSpec> tokens,
        List<BridgedToken> bridged) {

    /** A look-alike issued by a bridge and not by Circle: refused, by its name. */
    public record BridgedToken(String name, Address contract) {}

    public ChainSpec {
        blocksOnTop = Map.copyOf(blocksOnTop);
        tokens = List.copyOf(tokens);
        bridged = List.copyOf(bridged);
        for (var tier : Finality.values()) {
            if (!blocksOnTop.containsKey(tier)) {
                throw new IllegalArgumentException(name + ": no block count for " + tier);
            }
        }
    }

    /** How deep a block must lie for a tier when the endpoint knows no tag for it. */
    public int blocksOnTop(Finality tier) {
        var count = blocksOnTop.get(tier);
        if (count == null) {
            throw new IllegalStateException(name + ": no block count for " + tier);
        }
        return count;
    }

    public Optional<TokenSpec> token(Asset asset) {
        return tokens.stream().filter(token -> token.asset() == asset).findFirst();
    }

    public Optional<TokenSpec> tokenAt(Address contract) {
        return tokens.stream()
                .filter(token -> token.contract().equals(contract))
                .findFirst();
    }

    public Optional<BridgedToken> bridgedAt(Address contract) {
        return bridged.stream()
                .filter(token -> token.contract().equals(contract))
                .findFirst();
    }

    public String explorerLink(TxHash hash) {
        return explorer + "/tx/" + hash.hex();
    }

    public String explorerLink(Address address) {
        return explorer + "/address/" + address.checksummed();
    }
}
