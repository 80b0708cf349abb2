package io.bursar.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits, in one line for each key; the lines take turns. While several keys are about, each has a small share of a
 * batch, so that batches are short and nobody waits long for a bulk that he has nothing to do with. Not safe for
 * several threads.
 */
final class Turns<E extends Turns.Item> {
    private static final int SHARES = 128;
    private static final int SHARE_MIN = 8;

    /** For how many batches a key that was seen is expected to come back. */
    private static final int SHARED_FOR = 64;

    private final int batchWeightMax;
    private final int weightMax;
    private final Map<Object, Line<E>> lines = new HashMap<>();
    private final Deque<Line<E>> order = new ArrayDeque<>();
    private int weight;
    private @Nullable Object lastKey;
    private int sharedFor;

    interface Item {
        Object key();

        int weight();
    }

    private static final class Line<E> {
        private final Object key;
        private final Deque<E> items = new ArrayDeque<>();
        private int weight;

        private Line(Object key) {
            this.key = key;
        }
    }

    Turns(int batchWeightMax, int weightMax) {
        this.batchWeightMax = batchWeightMax;
        this.weightMax = weightMax;
    }

    boolean isEmpty() {
        return order.isEmpty();
    }

    int weight() {
        return weight;
    }

    /** Answers false when there is no room. A line that holds half of all room leaves the other half to others. */
    boolean add(E item) {
        Line<E> line = lines.get(item.key());
        int before = line == null ? 0 : line.weight;
        int free = weightMax - weight;
        if (item.weight() > free || (line != null && before + item.weight() > free)) {
            return false;
        }
        if (line == null) {
            line = new Line<>(item.key());
            lines.put(item.key(), line);
            order.addLast(line);
        }
        line.items.addLast(item);
        weigh(line, item.weight());
        return true;
    }

    boolean remove(E item) {
        Line<E> line = lines.get(item.key());
        if (line == null || !line.items.remove(item)) {
            return false;
        }
        weigh(line, -item.weight());
        if (line.items.isEmpty()) {
            order.remove(line);
            lines.remove(item.key());
        }
        return true;
    }

    /**
     * One item of each line in turn until the batch is full. A line whose item does not fit is first next time; one
     * that has had its share is last.
     */
    List<E> take() {
        List<E> batch = new ArrayList<>();
        Deque<Line<E>> passedOver = new ArrayDeque<>();
        Deque<Line<E>> served = new ArrayDeque<>();
        Map<Object, Integer> had = new HashMap<>();
        int share = share();
        int room = batchWeightMax;
        boolean oversized = false;
        while (room > 0 && !order.isEmpty()) {
            Line<E> line = order.removeFirst();
            int next = line.items.element().weight();
            boolean fits = next <= room || (next > batchWeightMax && !oversized);
            if (!fits) {
                passedOver.addFirst(line);
                continue;
            }
            batch.add(takeFrom(line));
            boolean goesOn = had.merge(line.key, next, Integer::sum) < share;
            if (!line.items.isEmpty()) {
                (goesOn ? order : served).addLast(line);
            }
            oversized |= next > batchWeightMax;
            room -= next > batchWeightMax ? 0 : next;
        }
        passedOver.forEach(order::addFirst);
        order.addAll(served);
        return batch;
    }

    /** Whether several keys are about. */
    boolean isShared() {
        return sharedFor > 0;
    }

    /** How much of a batch one key may have: everything, unless others are about. */
    private int share() {
        Line<E> first = order.peekFirst();
        boolean others = order.size() > 1 || (first != null && lastKey != null && !first.key.equals(lastKey));
        sharedFor = others ? SHARED_FOR : Math.max(0, sharedFor - 1);
        lastKey = first == null ? lastKey : first.key;
        return sharedFor > 0 ? Math.max(batchWeightMax / SHARES, SHARE_MIN) : batchWeightMax;
    }

    private E takeFrom(Line<E> line) {
        E item = line.items.remove();
        weigh(line, -item.weight());
        if (line.items.isEmpty()) {
            lines.remove(item.key());
        }
        return item;
    }

    private void weigh(Line<E> line, int by) {
        line.weight += by;
        weight += by;
    }
}
