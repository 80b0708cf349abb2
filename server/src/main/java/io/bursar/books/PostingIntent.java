package io.bursar.books;

import io.bursar.ledger.Posting;
import java.time.Instant;
import java.util.UUID;

/**
 * A posting that was decided.
 *
 * @param handler name of the {@link PostingHandler} that hears what became of it
 * @param subject kind and id of what it was decided for, {@code credit/<uuid>}
 */
public record PostingIntent(UUID id, String handler, String subject, Posting posting, Instant decidedAt) {}
