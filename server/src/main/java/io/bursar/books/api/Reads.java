package io.bursar.books.api;

import io.bursar.ledger.Page;
import io.bursar.platform.PageJson;
import io.bursar.platform.Problem;
import java.time.DateTimeException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Pages of the ledger as the API tells them. */
final class Reads {
    private Reads() {}

    /** A cursor is the only part of such a question that the ledger may find unreadable. */
    static <T, R> PageJson<R> page(Supplier<Page<T>> read, Function<T, R> shape) {
        try {
            Page<T> page = read.get();
            return new PageJson<>(page.items().stream().map(shape).toList(), page.next());
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            throw Problem.field("cursor", "cursor_invalid", "The cursor must be the nextCursor of the page before.")
                    .asException();
        }
    }
}
