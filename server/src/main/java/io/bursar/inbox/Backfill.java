package io.bursar.inbox;

import io.bursar.inbox.Verdict.Genuine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider's own list of its events, for those that never came. What it lists is believed without a signature, for it
 * was asked over a connection of ours. Beans of this type are asked by a job.
 */
public interface Backfill {
    String provider();

    /** The accounts whose events are listed, by the last part of their address. */
    List<String> accounts();

    /**
     * One page of what happened from {@code since} to {@code until}, in any order. Called outside of any transaction.
     *
     * @param cursor what the page before it answered; null for the first
     * @throws io.bursar.platform.WorldFailedException when it does not answer; not retryable means to begin anew
     */
    Listing list(String account, Instant since, Instant until, @Nullable String cursor);

    /** {@code next} is the cursor of the next page, null at the end. */
    record Listing(List<Listed> events, @Nullable String next) {}

    /** {@code body} in the form in which it would have been posted. */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they came; nobody compares these
    record Listed(Genuine name, byte[] body) {}
}
