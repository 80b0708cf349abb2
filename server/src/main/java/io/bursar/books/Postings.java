package io.bursar.books;

import io.bursar.ledger.LedgerUnavailableException;
import io.bursar.ledger.Outcome;
import io.bursar.ledger.Posting;
import io.bursar.shared.Check;
import io.bursar.shared.UuidV7;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How a domain change and its money stay together: {@link #decide} writes the posting in the transaction of the
 * change, {@link #settle} submits it after the commit and then, in one transaction, marks it and lets the domain
 * complete. Whoever dies in between is finished by the sweeper, which settles again; the posting's reference makes
 * that exactly once.
 */
@Component
public class Postings {
    private static final Logger LOG = LoggerFactory.getLogger(Postings.class);

    private final Books books;
    private final PostingIntentStore store;
    private final ObjectProvider<PostingHandler> handlers;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Postings(
            Books books,
            PostingIntentStore store,
            ObjectProvider<PostingHandler> handlers,
            TransactionTemplate transaction,
            Clock clock) {
        this.books = books;
        this.store = store;
        this.handlers = handlers;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Records, inside the caller's transaction, that this is to be posted. Settle it once that has committed. */
    public UUID decide(String handler, String subject, Posting posting) {
        Check.that(inTransaction(), "posting %s: decided outside a transaction", posting.reference());
        var intent = new PostingIntent(UuidV7.at(clock.instant()), handler, subject, posting, clock.instant());
        store.insert(intent);
        return intent.id();
    }

    /** Submits a decided posting and completes it. Safe to repeat and to race: one caller at a time settles. */
    public Settlement settle(UUID intentId) {
        Check.that(!inTransaction(), "posting intent %s: settled inside a transaction", intentId);
        return store.lease(intentId).map(this::submit).orElseGet(() -> store.settlement(intentId));
    }

    private Settlement submit(PostingIntent intent) {
        Settlement settlement = Settlement.OPEN;
        try {
            settlement = complete(intent, books.ledger().submit(intent.posting()));
        } catch (LedgerUnavailableException unavailable) {
            LOG.warn("posting {} stays open: {}", intent.posting().reference(), unavailable.getMessage());
        } finally {
            if (settlement == Settlement.OPEN) {
                store.release(intent.id());
            }
        }
        return settlement;
    }

    private Settlement complete(PostingIntent intent, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Posted posted -> posted(intent, posted);
            case Outcome.Duplicate(var original) -> posted(intent, original);
            case Outcome.Rejected rejected -> rejected(intent, rejected);
            case Outcome.OutcomeUnknown _ -> Settlement.OPEN;
        };
    }

    private Settlement posted(PostingIntent intent, Outcome.Posted outcome) {
        transaction.executeWithoutResult(_ -> {
            if (store.markPosted(intent.id(), clock.instant())) {
                handler(intent.handler()).posted(intent, outcome);
            }
        });
        Settlement settled = store.settlement(intent.id());
        Check.that(
                settled == Settlement.POSTED,
                "posting %s is in the ledger, yet its intent says %s",
                intent.posting().reference(),
                settled);
        return settled;
    }

    private Settlement rejected(PostingIntent intent, Outcome.Rejected outcome) {
        transaction.executeWithoutResult(_ -> {
            if (store.markRejected(intent.id(), outcome.reason().name(), clock.instant())) {
                handler(intent.handler()).rejected(intent, outcome);
            }
        });
        return Settlement.REJECTED;
    }

    private PostingHandler handler(String name) {
        List<PostingHandler> named =
                handlers.stream().filter(each -> each.name().equals(name)).toList();
        Check.that(named.size() == 1, "posting handlers named %s: %s (expected: 1)", name, named.size());
        return named.getFirst();
    }

    private static boolean inTransaction() {
        return TransactionSynchronizationManager.isActualTransactionActive();
    }
}
