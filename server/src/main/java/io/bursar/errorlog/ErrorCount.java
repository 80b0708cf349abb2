package io.bursar.errorlog;

import java.time.Instant;

/** How often one code happened in the hour that began at {@code hour}. */
public record ErrorCount(String code, Instant hour, long count) {}
