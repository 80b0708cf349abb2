package io.bursar.stablecoin.web;

import io.bursar.stablecoin.ChainTransfersView;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.ChainSpec;
import io.bursar.stablecoin.evm.Finality;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tiers for people: as a choice for operators, and as what a payment waits for or has reached. */
record TierWords(String value, String label, String meaning) {
    /** What choosing anything but FINAL means for money. */
    static final String COST = "Fast takes seconds, safe some minutes, final up to 20. If the network undoes a block"
            + " credited before it was final, the merchant’s wallet is debited at once. What it no longer holds, the"
            + " merchant owes, and the next payments repay first. The partner is told by payment.reversed.";

    /** The safest first. */
    static List<TierWords> choices() {
        return Stream.of(Finality.FINAL, Finality.SAFE, Finality.FAST)
                .map(tier -> of(tier, "a few blocks"))
                .toList();
    }

    static TierWords of(Finality tier, ChainSpec chain) {
        return of(tier, blocks(chain.blocksOnTop(Finality.FAST)));
    }

    private static TierWords of(Finality tier, String fastBlocks) {
        return switch (tier) {
            case FINAL -> new TierWords(tier.word(), "Final: cannot be undone", "Credited once it cannot be undone.");
            case SAFE ->
                new TierWords(
                        tier.word(),
                        "Safe: a reorg debits the merchant",
                        "Credited once the network calls it safe. A reorg debits the merchant.");
            case FAST ->
                new TierWords(
                        tier.word(),
                        "Fast: a reorg debits the merchant",
                        "Credited after " + fastBlocks + ". A reorg debits the merchant.");
        };
    }

    /** {@code Base 1, Ethereum 2}. */
    static String counts() {
        return ChainRegistry.chains().stream()
                .map(chain -> chain.name() + " " + chain.blocksOnTop(Finality.FAST))
                .collect(Collectors.joining(", "));
    }

    /** When a payment that is seen counts. */
    static String when(ChainTransfersView.Seen transfer) {
        return switch (transfer.tier()) {
            case FAST -> "after " + blocks(transfer.confirmationsNeeded());
            case SAFE -> "once the network calls it safe";
            case FINAL -> "once it cannot be undone any more";
        };
    }

    /** {@code 2 of 8}. */
    static String progress(ChainTransfersView.Seen transfer) {
        long needed = transfer.confirmationsNeeded();
        return "%d of %d".formatted(Math.min(transfer.confirmations(), needed), needed);
    }

    /** What a payment that counts has reached. */
    static String reached(ChainTransfersView.Seen transfer) {
        return switch (transfer.tier()) {
            case FAST -> "Confirmed after " + blocks(transfer.confirmationsNeeded());
            case SAFE -> "Safe";
            case FINAL -> "Final";
        };
    }

    /** What a payment that counts has reached, and what is still to come. */
    static String early(ChainTransfersView.Seen transfer) {
        long missing = Math.max(1, transfer.confirmationsFinal() - transfer.confirmations());
        return reached(transfer) + ". Final after about "
                + (missing == 1 ? "1 more block." : missing + " more blocks.");
    }

    private static String blocks(long count) {
        return count == 1 ? "1 block" : count + " blocks";
    }
}
