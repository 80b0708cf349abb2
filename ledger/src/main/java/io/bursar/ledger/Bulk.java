package io.bursar.ledger;

import io.bursar.ledger.Outcome.OutcomeUnknown;
import io.bursar.ledger.Outcome.Rejected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Many postings of one caller, each on its own. They are given to the lanes a batch at a time, and the next when that
 * is answered, so that a bulk never fills a lane and needs no room but what it uses next; within a batch, those of one
 * book keep their order as a {@link Convoy}.
 *
 * <p>When the world fails, what was answered is kept. What comes after a posting of unknown fate in its book is not
 * submitted any more, and a refusal that was judged without knowing it is told as unknown, too.
 */
final class Bulk {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Lanes lanes;
    private final LedgerOptions options;
    private final List<Posting> postings;
    private final UuidV7 ids;
    private final @Nullable Outcome[] outcomes;
    private final Set<BookId> halted = new HashSet<>();
    private int next;
    private boolean ended;
    private @Nullable LedgerBusyException refusal;
    private @Nullable RuntimeException failure;

    private record Sent(int index, CompletableFuture<Lane.Answer> answer) {}

    Bulk(Lanes lanes, LedgerOptions options, List<Posting> postings, UuidV7 ids) {
        this.lanes = lanes;
        this.options = options;
        this.postings = postings;
        this.ids = ids;
        outcomes = new Outcome[postings.size()];
    }

    List<Outcome> submit() {
        long heardAt = System.nanoTime();
        while (next < postings.size() && !ended) {
            List<Sent> batch = send();
            if (!batch.isEmpty()) {
                await(batch);
                heardAt = System.nanoTime();
            } else if (next < postings.size()) {
                boolean patient =
                        System.nanoTime() - heardAt < options.patience().toNanos();
                if (next == 0 || lanes.areClosed() || !patient) {
                    ended = true;
                    failure = refusal;
                } else {
                    pause();
                }
            }
        }
        if (failure != null && (isOurBug(failure) || Arrays.stream(outcomes).allMatch(Objects::isNull))) {
            throw failure;
        }
        return answers();
    }

    /** As many as make a batch and find room. */
    private List<Sent> send() {
        List<Sent> batch = new ArrayList<>();
        Map<BookId, Convoy> convoys = new HashMap<>();
        int legs = 0;
        while (next < postings.size()) {
            Posting posting = postings.get(next);
            BookId book = posting.book();
            if (!halted.contains(book)) {
                legs += posting.legs().size();
                if (!batch.isEmpty() && legs > options.batchLegsMax()) {
                    return batch;
                }
                Convoy convoy = convoys.computeIfAbsent(book, _ -> new Convoy());
                try {
                    batch.add(new Sent(
                            next, lanes.enqueue(Submission.of(posting, ids).in(convoy))));
                } catch (LedgerBusyException busy) {
                    refusal = busy;
                    return batch;
                }
            }
            next++;
        }
        return batch;
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            interrupted(e);
        }
    }

    private void await(List<Sent> batch) {
        for (Sent sent : batch) {
            try {
                outcomes[sent.index()] = outcome(batch, sent);
            } catch (ExecutionException e) {
                failed(book(sent.index()), Objects.requireNonNull(e.getCause(), "a failure has a cause"));
            }
            if (outcomes[sent.index()] == null || outcomes[sent.index()] instanceof OutcomeUnknown) {
                halted.add(book(sent.index()));
            }
        }
    }

    /** Null when it was withdrawn. */
    private @Nullable Outcome outcome(List<Sent> batch, Sent sent) throws ExecutionException {
        try {
            return sent.answer().isCancelled()
                    ? null
                    : sent.answer().get().outcome().get();
        } catch (InterruptedException e) {
            interrupted(e);
            batch.reversed().forEach(each -> each.answer().cancel(false));
            return sent.answer().isCancelled() ? null : new OutcomeUnknown("interrupted while posting");
        }
    }

    private void interrupted(InterruptedException interrupt) {
        Thread.currentThread().interrupt();
        failure = new LedgerUnavailableException("nothing was posted: interrupted before its turn", interrupt);
        ended = true;
    }

    private void failed(BookId book, Throwable cause) {
        RuntimeException told = Lanes.failed(cause);
        halted.add(book);
        if (failure == null || !isOurBug(failure)) {
            failure = told;
        }
        ended |= isOurBug(told) || cause instanceof GroupCommit.RefusedException || !Submitter.maySplit(cause);
    }

    private static boolean isOurBug(RuntimeException failure) {
        return !(failure instanceof LedgerUnavailableException);
    }

    private List<Outcome> answers() {
        String why = failure == null
                ? "nothing was posted: what comes before it in its book is unknown"
                : String.valueOf(failure.getMessage());
        Set<BookId> unsure = new HashSet<>();
        List<Outcome> answers = new ArrayList<>(outcomes.length);
        for (int index = 0; index < outcomes.length; index++) {
            Outcome outcome = outcomes[index] == null ? new OutcomeUnknown(why) : outcomes[index];
            if (outcome instanceof OutcomeUnknown) {
                unsure.add(book(index));
            }
            answers.add(
                    outcome instanceof Rejected rejected && unsure.contains(book(index))
                            ? new OutcomeUnknown("refused without knowing what came before it: " + rejected.message())
                            : outcome);
        }
        return answers;
    }

    private BookId book(int index) {
        return postings.get(index).book();
    }
}
