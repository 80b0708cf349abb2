package io.bursar.books;

import io.bursar.ledger.Outcome;

/**
 * Completes a posting in its own domain. Every bean of this type is found by its name. Both methods run inside the
 * transaction that settles the intent, once for each intent whatever crashes, and may write domain state and publish
 * to the outbox there; an exception takes the settlement back, and the sweeper tries again.
 */
public interface PostingHandler {
    /** Stable, in kebab case: it is stored with each intent. */
    String name();

    void posted(PostingIntent intent, Outcome.Posted outcome);

    void rejected(PostingIntent intent, Outcome.Rejected outcome);
}
