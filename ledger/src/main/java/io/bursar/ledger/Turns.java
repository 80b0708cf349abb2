package io.bursar.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What waits, in one line for each key; the lines take turns. Not safe for several threads. */
final class Turns<E extends Turns.Item> {
    private final int batchWeightMax;
    private final int weightMax;
    private final Map<Object, Line<E>> lines = new HashMap<>();
    private final Deque<Line<E>> order = new ArrayDeque<>();
    private int weight;

    interface Item {
        Object key();

        int weight();
    }

    private static final class Line<E> {
        private final Deque<E> items = new ArrayDeque<>();
        private int weight;
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
            line = new Line<>();
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

    /** One item of each line in turn until the batch is full. A line whose item does not fit is first next time. */
    List<E> take() {
        List<E> batch = new ArrayList<>();
        Deque<Line<E>> passedOver = new ArrayDeque<>();
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
            oversized |= next > batchWeightMax;
            room -= next > batchWeightMax ? 0 : next;
        }
        passedOver.forEach(order::addFirst);
        return batch;
    }

    private E takeFrom(Line<E> line) {
        E item = line.items.remove();
        weigh(line, -item.weight());
        if (line.items.isEmpty()) {
            lines.remove(item.key());
        } else {
            order.addLast(line);
        }
        return item;
    }

    private void weigh(Line<E> line, int by) {
        line.weight += by;
        weight += by;
    }
}
