package io.bursar.audit;

import org.jspecify.annotations.Nullable;

/** Where the next page starts: below this sequence. A cursor nobody gave out shows the first page. */
final class Cursor {
    private Cursor() {}

    static long parse(@Nullable String text) {
        try {
            return text == null ? Long.MAX_VALUE : Long.parseLong(text);
        } catch (NumberFormatException foreign) {
            return Long.MAX_VALUE;
        }
    }
}
