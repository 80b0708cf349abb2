package io.bursar.sandbox.evm;

import java.util.List;
import java.util.stream.Stream;

/** A token contract that stands on the chain from its first block. A bridged one is a look-alike without EIP-3009. */
public record TokenSpec(Address address, String name, String symbol, String version, int decimals, boolean bridged) {

    /** The real addresses of the five chains Bursar knows; a chain nobody knows gets none. */
    public static List<TokenSpec> of(long chainId) {
        return switch (Math.toIntExact(chainId)) {
            case 1 ->
                List.of(
                        usdc("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"),
                        eurc("0x1aBaEA1f7C830bD89Acc67eC4af516284b1bC33c", "Euro Coin"));
            case 10 ->
                List.of(
                        usdc("0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85"),
                        bridged("0x7F5c764cBc14f9669B88837ca1490cCa17c31607", "USD Coin", "USDC"));
            case 137 ->
                List.of(
                        usdc("0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359"),
                        bridged("0x2791Bca1f2de4661ED88A30C99A7a9449Aa84174", "USD Coin (PoS)", "USDC"));
            case 8453 ->
                List.of(
                        usdc("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"),
                        eurc("0x60a3E35Cc302bFA44Cb288Bc5a4F316Fdb1adb42", "EURC"),
                        bridged("0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA", "USD Base Coin", "USDbC"));
            case 42161 ->
                List.of(
                        usdc("0xaf88d065e77c8cC2239327C5EDb3A432268e5831"),
                        bridged("0xFF970A61A04b1cA14834A43f5dE4533eBDDB5CC8", "USD Coin (Arb1)", "USDC"));
            default -> Stream.<TokenSpec>empty().toList();
        };
    }

    private static TokenSpec usdc(String address) {
        return new TokenSpec(Address.of(address), "USD Coin", "USDC", "2", 6, false);
    }

    private static TokenSpec eurc(String address, String name) {
        return new TokenSpec(Address.of(address), name, "EURC", "2", 6, false);
    }

    private static TokenSpec bridged(String address, String name, String symbol) {
        return new TokenSpec(Address.of(address), name, symbol, "1", 6, true);
    }
}
