package io.bursar.ledger;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The lanes of one process. A book is always in the same lane. */
final class Lanes implements AutoCloseable {
    private final LedgerOptions options;
    private final List<Lane> lanes;
    private volatile boolean closed;

    Lanes(Submitter submitter, Supplier<Foresight> foresight, LedgerOptions options) {
        this.options = options;
        lanes = IntStream.range(0, options.lanes())
                .mapToObj(number -> new Lane("ledger lane " + number, submitter, foresight.get(), options))
                .toList();
    }

    /** Waits for the answer. Whoever is interrupted is told what is known then, and stays interrupted. */
    Outcome submit(Submission submission) {
        CompletableFuture<Lane.Answer> answer = enqueue(submission);
        try {
            return answer.get().outcome().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (answer.cancel(false)) {
                throw new LedgerUnavailableException("nothing was posted: interrupted before its turn", e);
            }
            return new Outcome.OutcomeUnknown("interrupted while posting");
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    CompletableFuture<Outcome> submitAsync(Submission submission) {
        return enqueue(submission).thenCompose(Lane.Answer::outcome).exceptionally(failure -> {
            throw failed(failure);
        });
    }

    /** Waits for all answers. */
    List<Outcome> submitAll(List<Posting> postings, UuidV7 ids) {
        return new Bulk(this, options, postings, ids).submit();
    }

    LedgerActivity activity() {
        return lanes.stream().map(Lane::activity).reduce(LedgerActivity.NONE, LedgerActivity::plus);
    }

    boolean areClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        lanes.forEach(Lane::close);
    }

    CompletableFuture<Lane.Answer> enqueue(Submission submission) {
        Ticket ticket = new Ticket(submission);
        try {
            return lanes.get(Math.floorMod(ticket.book().hashCode(), lanes.size()))
                    .submit(ticket);
        } catch (GroupCommit.RefusedException refused) {
            throw failed(refused);
        }
    }

    /** The failure of a batch, told to each of its callers by an exception of his own. */
    static RuntimeException failed(Throwable failure) {
        return switch (failure) {
            case ExecutionException wrapped when wrapped.getCause() != null -> failed(wrapped.getCause());
            case CompletionException wrapped when wrapped.getCause() != null -> failed(wrapped.getCause());
            case GroupCommit.RefusedException refused ->
                new LedgerBusyException("nothing was posted: " + refused.getMessage(), refused);
            case LedgerBusyException busy -> new LedgerBusyException(String.valueOf(busy.getMessage()), busy);
            case LedgerUnavailableException unavailable ->
                new LedgerUnavailableException(String.valueOf(unavailable.getMessage()), unavailable);
            default -> new IllegalStateException(failure.getMessage(), failure);
        };
    }
}
