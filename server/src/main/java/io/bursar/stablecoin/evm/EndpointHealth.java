package io.bursar.stablecoin.evm;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How an endpoint has been doing since start. {@code endpoint} is scheme, host and port only. */
public record EndpointHealth(
        String endpoint,
        @Nullable Instant lastSuccess,
        @Nullable Instant lastFailure,
        @Nullable String lastErrorCode,
        @Nullable Duration latency,
        long logSpanBlocks,
        Set<Finality> rejectedTags) {

    public EndpointHealth {
        rejectedTags = Set.copyOf(rejectedTags);
    }
}
