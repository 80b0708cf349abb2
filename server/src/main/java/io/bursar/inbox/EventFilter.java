package io.bursar.inbox;

import org.jspecify.annotations.Nullable;

/** What a list of events is narrowed to; null does not narrow. */
public record EventFilter(
        @Nullable String provider,
        @Nullable String account,
        @Nullable String state,
        @Nullable String kind,
        @Nullable String subject) {}
