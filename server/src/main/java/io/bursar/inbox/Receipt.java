package io.bursar.inbox;

import java.util.UUID;

/** What became of an event that was offered. */
sealed interface Receipt {
    /** It is on disk. */
    record Kept(UUID id) implements Receipt {}

    /** It was there before and is kept as it came the first time. */
    record Duplicate() implements Receipt {}

    /** Too much waits to be kept, or nobody could say in time whether it was. It may come again. */
    record Busy() implements Receipt {}
}
