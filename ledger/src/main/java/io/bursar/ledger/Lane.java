package io.bursar.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Posts the submissions of some books, one batch after the other. What names an account that somebody holds for long
 * takes a detour, so that the rest of its batch goes on.
 */
final class Lane implements AutoCloseable {
    private final Submitter submitter;
    private final Detours detours;
    private final GroupCommit<Ticket, Answer> queue;

    /** The answer of a batch to one of its submissions: an outcome, or one that is on a detour. */
    record Answer(CompletableFuture<Outcome> outcome) {
        static Answer of(Outcome outcome) {
            return new Answer(CompletableFuture.completedFuture(outcome));
        }
    }

    Lane(String name, Submitter submitter, LedgerOptions options) {
        this.submitter = submitter;
        detours = new Detours(submitter, options);
        queue = new GroupCommit<>(
                new GroupCommit.Settings<>(
                        name, options.batchLegsMax(), options.waitingLegsMax(), Ticket::legs, Submitter::maySplit),
                this::post);
    }

    CompletableFuture<Answer> submit(Ticket ticket) {
        return queue.submit(ticket.book(), ticket);
    }

    /** Posts what waits, then refuses. */
    @Override
    public void close() {
        queue.close();
        detours.close();
    }

    private List<Answer> post(List<Ticket> batch) {
        Map<Convoy, AccountKey> ahead = detours.ahead(batch);
        PostingTransaction.Result result = postAllBut(ahead.keySet(), batch);
        List<Answer> answers = new ArrayList<>(batch.size());
        for (Ticket ticket : batch) {
            AccountKey held =
                    ahead.getOrDefault(ticket.convoy(), result.heldUp().get(ticket.id()));
            answers.add(held == null ? Answer.of(result.outcome(ticket)) : new Answer(detours.add(held, ticket)));
        }
        return answers;
    }

    private PostingTransaction.Result postAllBut(Set<Convoy> convoys, List<Ticket> batch) {
        List<Ticket> free = convoys.isEmpty()
                ? batch
                : batch.stream()
                        .filter(ticket -> !convoys.contains(ticket.convoy()))
                        .toList();
        return free.isEmpty()
                ? new PostingTransaction.Result(Map.of(), Map.of())
                : submitter.submit(free, Locking.brief(detours.held()));
    }
}
