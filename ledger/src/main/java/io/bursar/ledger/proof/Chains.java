package io.bursar.ledger.proof;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The accounts of a book by id. A lookup makes no object, because there are two for every transfer. */
final class Chains {
    private static final int SLOTS_AT_FIRST = 1 << 10;

    private @Nullable Chain[] slots = new Chain[SLOTS_AT_FIRST];
    private int size;

    @Nullable
    Chain find(long high, long low) {
        int mask = slots.length - 1;
        int slot = hash(high, low) & mask;
        Chain chain = slots[slot];
        while (chain != null && (chain.low != low || chain.high != high)) {
            slot = (slot + 1) & mask;
            chain = slots[slot];
        }
        return chain;
    }

    @Nullable
    Chain find(Row row, int column) {
        return find(row.high(column), row.low(column));
    }

    Chain findOrAdd(Row row, int column) {
        Chain known = find(row, column);
        if (known != null) {
            return known;
        }
        Chain chain = new Chain(row.high(column), row.low(column));
        if (2 * ++size > slots.length) {
            grow();
        }
        put(chain);
        return chain;
    }

    private void grow() {
        @Nullable Chain[] before = slots;
        slots = new Chain[before.length * 2];
        for (Chain chain : before) {
            if (chain != null) {
                put(chain);
            }
        }
    }

    private void put(Chain chain) {
        int mask = slots.length - 1;
        int slot = hash(chain.high, chain.low) & mask;
        while (slots[slot] != null) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = chain;
    }

    private static int hash(long high, long low) {
        long mixed = (low ^ high) * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> Integer.SIZE);
    }

    int size() {
        return size;
    }

    Stream<Chain> stream() {
        return Arrays.stream(slots).filter(Objects::nonNull);
    }
}
