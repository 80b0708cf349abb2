package io.bursar.stablecoin;

import io.bursar.books.Postings;
import io.bursar.errorlog.ErrorLog;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.Finality;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes what was seen one step further: gives back what left the chain, reserves what came, commits what is as deep as
 * its tier asks, and watches that until it is final. What is to be done is read from the rows alone, so it does not
 * matter who saw them or when whoever saw them died.
 */
@Component
class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    /** What one run takes on of each kind; the rest waits for the next. */
    private static final int BATCH_MAX = 500;

    private static final int REPORTS_MAX = 1_000;

    private final TransferStore transfers;
    private final CreditStore store;
    private final Credits credits;
    private final Postings postings;
    private final ErrorLog errors;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    Progress(TransferStore transfers, CreditStore store, Credits credits, Postings postings, ErrorLog errors) {
        this.transfers = transfers;
        this.store = store;
        this.credits = credits;
        this.postings = postings;
        this.errors = errors;
    }

    /** The tiers at which payments of the chain count, or will. */
    Set<Finality> tiersNeeded(long chainId) {
        return store.tiersNeeded(chainId);
    }

    /** What is given back comes first, so that a payment mined again finds its log free. */
    void settle(ChainReader reader, Heads heads) {
        long chainId = reader.chain().id();
        each(store.releasable(chainId, BATCH_MAX), Credit::subject, credits::release);
        transfers.creditedThoughGone(chainId, BATCH_MAX).forEach(gone -> reverse(gone, reader, heads));
        each(transfers.uncredited(chainId, BATCH_MAX), ChainTransfer::subject, credits::reserve);
    }

    private void reverse(ChainTransfer gone, ChainReader reader, Heads heads) {
        var block = gone.block();
        Fate fate = Fate.of(
                block.hash(),
                gone.finalAt() != null,
                reader.block(block.number()),
                heads.reached(block.number()).orElse(null));
        switch (fate) {
            case Fate.Stands _ -> transfers.revive(gone.log(), block.hash());
            case Fate.Replaced(var by) ->
                each(List.of(gone), ChainTransfer::subject, transfer -> credits.reverse(transfer, by));
            case Fate.Unclear _ -> {}
        }
    }

    /** Only a block that is still the one at its height counts, however low it lies. */
    void finish(ChainReader reader, Heads heads) {
        Map<BlockHash, Boolean> canonical = new HashMap<>();
        for (ChainTransfer seen : transfers.ripe(heads, BATCH_MAX)) {
            var block = seen.block();
            if (canonical.computeIfAbsent(block.hash(), hash -> reader.isCanonical(block.number(), hash))) {
                Finality reached = heads.reached(block.number()).orElseThrow();
                each(List.of(seen), ChainTransfer::subject, transfer -> credits.finish(transfer, reached));
            } else {
                transfers.markReorged(seen.id());
            }
        }
    }

    /** One that cannot be decided, which would be a bug of ours, does not keep the others waiting. */
    private <T> void each(List<T> work, Function<T, String> subject, Function<T, Optional<UUID>> decide) {
        for (T item : work) {
            try {
                decide.apply(item).ifPresent(postings::settle);
            } catch (RuntimeException bug) {
                report(subject.apply(item), bug);
            }
        }
    }

    /** Once for each subject, since it will fail again with every run. */
    private void report(String subject, RuntimeException bug) {
        if (reported.size() < REPORTS_MAX && reported.add(subject)) {
            LOG.error("{} could not be credited", subject, bug);
            errors.record("credit_failed", subject + ": " + bug.getClass().getSimpleName(), subject);
        }
    }
}
