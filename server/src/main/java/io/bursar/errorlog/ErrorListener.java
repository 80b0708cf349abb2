package io.bursar.errorlog;

import org.jspecify.annotations.Nullable;

/** Is told of every error, and neither waits for anything nor fails. */
interface ErrorListener {
    /** {@code entry.message()} may name people; {@code shape} does not. {@code bug} is null when the world failed. */
    void recorded(ErrorEntry entry, Shape shape, @Nullable Throwable bug);
}
