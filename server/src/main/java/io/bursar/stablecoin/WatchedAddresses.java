package io.bursar.stablecoin;

import io.bursar.stablecoin.PaymentRequestStore.Watched;
import io.bursar.stablecoin.evm.Address;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All deposit addresses of a chain, for ever, and whose they are. Kept in memory, and at each reading what is new is
 * added.
 *
 * <p>Numbers are given before their request commits, so a lower one can appear after a higher. A reading therefore
 * starts again from the highest number that was known a good while ago, longer than any transaction lives.
 */
final class WatchedAddresses {
    private static final Duration TRANSACTION_MAX = Duration.ofMinutes(5);
    private static final int PAGE = 5_000;

    private final long chainId;
    private final PaymentRequestStore store;
    private final Clock clock;
    private final Map<Address, PaymentRequestId> known = new HashMap<>();
    private final Deque<Reading> readings = new ArrayDeque<>();
    private int settledIndex;

    WatchedAddresses(long chainId, PaymentRequestStore store, Clock clock) {
        this.chainId = chainId;
        this.store = store;
        this.clock = clock;
    }

    private record Reading(Instant at, int highestIndex) {}

    /** The addresses known at this moment; the caller's own copy. */
    synchronized Map<Address, PaymentRequestId> read() {
        Instant now = clock.instant();
        while (!readings.isEmpty() && readings.peekFirst().at().isBefore(now.minus(TRANSACTION_MAX))) {
            settledIndex = readings.removeFirst().highestIndex();
        }
        int after = settledIndex;
        List<Watched> page;
        do {
            page = store.watched(chainId, after, PAGE);
            page.forEach(each -> known.put(each.address(), each.request()));
            after = page.isEmpty() ? after : page.getLast().addressIndex();
        } while (page.size() == PAGE);
        readings.addLast(new Reading(now, after));
        return Map.copyOf(known);
    }
}
