package io.bursar.inbox;

import io.bursar.inbox.Verdict.Genuine;
import java.time.Instant;
import java.util.UUID;

/** An event as it is kept. {@code headers} is JSON, without those that hold a secret. */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; nobody compares these
record NewEvent(
        UUID id,
        String provider,
        String account,
        Genuine name,
        Source source,
        String headers,
        byte[] body,
        Instant at) {
    /** Why it is believed: its signature was checked, or it stood in the provider's own list. */
    enum Source {
        SIGNED,
        LISTED
    }

    /** Whose turn it takes in the queue of what is to be kept. */
    String key() {
        return provider + "/" + account;
    }
}
