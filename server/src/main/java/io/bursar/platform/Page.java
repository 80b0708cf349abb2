package io.bursar.platform;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list and the opaque cursor of the next, absent at the end. */
public record Page<T>(List<T> items, @Nullable String next) {
    public static final int LIMIT_DEFAULT = 50;
    public static final int LIMIT_MAX = 200;

    public Page {
        items = List.copyOf(items);
    }

    /** From a read of {@code limit + 1} rows: the surplus row says that there is more. */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
        return rows.size() > limit
                ? new Page<>(rows.subList(0, limit), cursor.apply(rows.get(limit - 1)))
                : new Page<>(rows, null);
    }

    /**
     * How many a caller of the API asks for.
     *
     * @throws ProblemException 422 {@code limit_invalid}
     */
    public static int limit(@Nullable String text) {
        if (text == null) {
            return LIMIT_DEFAULT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LIMIT_MAX) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // The same problem is told below.
        }
        throw Problem.field("limit", "limit_invalid", "The limit must be from 1 to %d.".formatted(LIMIT_MAX))
                .asException();
    }

    public <R> Page<R> map(Function<T, R> shape) {
        return new Page<>(items.stream().map(shape).toList(), next);
    }
}
