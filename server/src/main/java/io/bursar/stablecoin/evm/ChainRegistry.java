package io.bursar.stablecoin.evm;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The five chains. Contracts are Circle's own; EURC exists where Circle lists it and is refused by name elsewhere.
 *
 * <p>FAST always counts blocks. The counts are those after which Circle's fast transfers go on, save on Arbitrum, whose
 * own checklist says never to credit on the latest block: there 32 blocks, the 8 seconds that Circle's one takes. The
 * counts of the other tiers are used only on an endpoint that rejects the tags, so they err on the slow side: for
 * FINAL about what the tag takes (Polygon: the 512 blocks of a checkpoint, from the time before milestones).
 */
public final class ChainRegistry {

    private static final int CIRCLE_DECIMALS = 6;

    private static final List<ChainSpec> CHAINS = List.of(
            new ChainSpec(
                    1,
                    "ethereum",
                    "Ethereum",
                    "ETH",
                    Duration.ofSeconds(12),
                    "https://etherscan.io",
                    blocksOnTop(2, 32, 65),
                    List.of(
                            usdc(1, "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"),
                            eurc(1, "0x1aBaEA1f7C830bD89Acc67eC4af516284b1bC33c")),
                    List.of()),
            new ChainSpec(
                    137,
                    "polygon",
                    "Polygon PoS",
                    "POL",
                    Duration.ofSeconds(2),
                    "https://polygonscan.com",
                    blocksOnTop(3, 33, 512),
                    List.of(usdc(137, "0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359")),
                    bridged("USDC.e", "0x2791Bca1f2de4661ED88A30C99A7a9449Aa84174")),
            new ChainSpec(
                    8453,
                    "base",
                    "Base",
                    "ETH",
                    Duration.ofSeconds(2),
                    "https://basescan.org",
                    blocksOnTop(1, 300, 600),
                    List.of(
                            usdc(8453, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"),
                            eurc(8453, "0x60a3E35Cc302bFA44Cb288Bc5a4F316Fdb1adb42")),
                    bridged("USDbC", "0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA")),
            new ChainSpec(
                    10,
                    "optimism",
                    "OP Mainnet",
                    "ETH",
                    Duration.ofSeconds(2),
                    "https://optimistic.etherscan.io",
                    blocksOnTop(1, 300, 900),
                    List.of(usdc(10, "0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85")),
                    bridged("USDC.e", "0x7F5c764cBc14f9669B88837ca1490cCa17c31607")),
            new ChainSpec(
                    42161,
                    "arbitrum",
                    "Arbitrum One",
                    "ETH",
                    Duration.ofMillis(250),
                    "https://arbiscan.io",
                    blocksOnTop(32, 2_400, 4_800),
                    List.of(usdc(42161, "0xaf88d065e77c8cC2239327C5EDb3A432268e5831")),
                    bridged("USDC.e", "0xFF970A61A04b1cA14834A43f5dE4533eBDDB5CC8")));

    private ChainRegistry() {}

    /** Which contract to pay, or by name why there is none. */
    public sealed interface TokenLookup {
        record Listed(ChainSpec chain, TokenSpec token) implements TokenLookup {}

        record ChainNotSupported(long chainId) implements TokenLookup {}

        record AssetNotIssuedOnChain(ChainSpec chain, Asset asset) implements TokenLookup {}
    }

    public static List<ChainSpec> chains() {
        return CHAINS;
    }

    public static Optional<ChainSpec> chain(long id) {
        return CHAINS.stream().filter(chain -> chain.id() == id).findFirst();
    }

    public static Optional<ChainSpec> chain(String slug) {
        return CHAINS.stream().filter(chain -> chain.slug().equals(slug)).findFirst();
    }

    public static TokenLookup token(long chainId, Asset asset) {
        var chain = chain(chainId);
        if (chain.isEmpty()) {
            return new TokenLookup.ChainNotSupported(chainId);
        }
        var token = chain.get().token(asset);
        return token.isPresent()
                ? new TokenLookup.Listed(chain.get(), token.get())
                : new TokenLookup.AssetNotIssuedOnChain(chain.get(), asset);
    }

    private static Map<Finality, Integer> blocksOnTop(int fast, int safe, int finalized) {
        return Map.of(Finality.FAST, fast, Finality.SAFE, safe, Finality.FINAL, finalized);
    }

    private static TokenSpec usdc(long chainId, String contract) {
        return new TokenSpec(
                chainId, Asset.USDC, Address.of(contract), CIRCLE_DECIMALS, Optional.of("USD Coin"), Optional.of("2"));
    }

    /** The name EURC answers differs by chain and upgrade, so it is read and not compared. */
    private static TokenSpec eurc(long chainId, String contract) {
        return new TokenSpec(
                chainId, Asset.EURC, Address.of(contract), CIRCLE_DECIMALS, Optional.empty(), Optional.empty());
    }

    private static List<ChainSpec.BridgedToken> bridged(String name, String contract) {
        return List.of(new ChainSpec.BridgedToken(name, Address.of(contract)));
    }
}
