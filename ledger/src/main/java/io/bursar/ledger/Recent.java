package io.bursar.ledger;

import java.util.LinkedHashMap;
import java.util.Map;

/** The entries that were used last, up to a number. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;
    private static final int INITIAL_CAPACITY = 16;

    private final int sizeMax;

    Recent(int sizeMax) {
        super(INITIAL_CAPACITY, 0.75F, true);
        this.sizeMax = sizeMax;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > sizeMax;
    }
}
