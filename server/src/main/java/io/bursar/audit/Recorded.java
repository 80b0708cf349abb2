package io.bursar.audit;

import org.jspecify.annotations.Nullable;

/**
 * An entry as it is chained. Those of before reasons could be forgotten hold their words themselves.
 *
 * @param reason null when none was given, or the words are the entry's own
 * @param reasonLost there should be words beside it, or a note that they were forgotten, and there is neither
 */
record Recorded(AuditEntry entry, @Nullable Reason reason, boolean reasonLost) {}
