package io.bursar.books.api;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * How many large requests are read and answered at once: each holds megabytes, and whoever sends many at a time must
 * not take the memory or the room of the others. What finds no room is told to come again.
 */
@Component
class BulkRoom {
    private static final int AT_ONCE_MAX = 8;
    private static final int AT_ONCE_PER_BOOK_MAX = 2;

    private final Map<UUID, Integer> atWork = new HashMap<>();
    private int all;

    <T> T within(UUID book, Supplier<T> work) {
        if (!entered(book)) {
            throw Refusals.busy().asException();
        }
        try {
            return work.get();
        } finally {
            leave(book);
        }
    }

    private synchronized boolean entered(UUID book) {
        int own = atWork.getOrDefault(book, 0);
        if (all >= AT_ONCE_MAX || own >= AT_ONCE_PER_BOOK_MAX) {
            return false;
        }
        atWork.put(book, own + 1);
        all++;
        return true;
    }

    private synchronized void leave(UUID book) {
        atWork.computeIfPresent(book, (_, own) -> own == 1 ? null : own - 1);
        all--;
    }
}
