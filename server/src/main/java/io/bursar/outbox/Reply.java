package io.bursar.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an attempt came to. {@code excerpt} is the beginning of the response in printable characters. */
record Reply(Finding finding, String excerpt, @Nullable Duration retryAfter) {
    static Reply of(Finding.Kind kind) {
        return new Reply(Finding.of(kind), "", null);
    }
}
