package io.bursar.ledger;

import io.bursar.ledger.GroupCommit.Begun;
import io.bursar.ledger.GroupCommit.Settings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Posts the submissions of some books, one batch after the other. A batch that can be foreseen is begun while the one
 * before it is being written, and committed after it; what was foreseen wrongly is rolled back and posted the long way.
 * What names an account that somebody holds for long takes a detour, so that the rest of its batch goes on.
 */
final class Lane implements GroupCommit.Work<Ticket, Lane.Answer>, AutoCloseable {
    /** A part of what another node's batch takes, which an account that both post to is locked for anyway. */
    private static final Duration GATHERING = Duration.ofMillis(1);

    private final Submitter submitter;
    private final Foresight foresight;
    private final Detours detours;
    private final GroupCommit<Ticket, Answer> queue;
    private Run last = new Run();

    /** The answer of a batch to one of its submissions: an outcome, or one that is on a detour. */
    record Answer(CompletableFuture<Outcome> outcome) {
        static Answer of(Outcome outcome) {
            return new Answer(CompletableFuture.completedFuture(outcome));
        }
    }

    Lane(String name, Submitter submitter, Foresight foresight, LedgerOptions options) {
        this.submitter = submitter;
        this.foresight = foresight;
        detours = new Detours(submitter, options);
        Settings<Ticket> settings = new Settings<>(
                name, options.batchLegsMax(), options.waitingLegsMax(), Ticket::legs, Submitter::maySplit);
        last.end();
        queue = new GroupCommit<>(settings, this);
    }

    CompletableFuture<Answer> submit(Ticket ticket) {
        return queue.submit(ticket.book(), ticket);
    }

    LedgerActivity activity() {
        GroupCommit.Activity activity = queue.activity();
        return new LedgerActivity(activity.batches(), activity.items(), activity.waitingWeight());
    }

    /** Posts what waits, then refuses. */
    @Override
    public void close() {
        queue.close();
        detours.close();
    }

    /** A batch on its way. */
    private static final class Run {
        private final CompletableFuture<Boolean> asForeseen = new CompletableFuture<>();
        private final CompletableFuture<Void> over = new CompletableFuture<>();

        /** Says nothing new once it has ended. */
        void wentWrong() {
            asForeseen.complete(false);
        }

        /** Nothing that was not foreseen can come of it any more. */
        void end() {
            asForeseen.complete(true);
            over.complete(null);
        }

        boolean wentAsForeseen() {
            return asForeseen.join();
        }

        boolean mayGoAsForeseen() {
            return asForeseen.getNow(true);
        }

        boolean isOver() {
            return over.isDone();
        }

        void awaitEnd() {
            over.join();
        }
    }

    /** While another node posts to the same accounts, batches are fewer and larger: each is waited for by the other. */
    @Override
    public void awaitTurn() {
        if (foresight.isDisturbed()) {
            LockSupport.parkNanos(GATHERING.toNanos());
        }
    }

    @Override
    public Begun<Answer> begin(List<Ticket> batch) {
        Run before = last;
        Run run = new Run();
        boolean foreseeable = before.mayGoAsForeseen() && detours.ahead(batch).isEmpty();
        Foreseen foreseen = foreseeable ? foresight.begin(batch, detours.held()) : null;
        last = run;
        if (foreseen == null) {
            List<Answer> answers = postTheLongWay(batch, before, run);
            return () -> answers;
        }
        return () -> finish(foreseen, batch, before, run);
    }

    private List<Answer> finish(Foreseen foreseen, List<Ticket> batch, Run before, Run run) {
        try {
            List<Outcome> outcomes = committed(foreseen, batch, before);
            if (outcomes == null) {
                run.wentWrong();
                return postTheLongWay(batch, before, run);
            }
            run.end();
            return outcomes.stream().map(Answer::of).toList();
        } finally {
            run.wentWrong();
            run.end();
        }
    }

    private @Nullable List<Outcome> committed(Foreseen foreseen, List<Ticket> batch, Run before) {
        try (foreseen) {
            foreseen.write(!before.isOver());
            if (!before.wentAsForeseen()) {
                foresight.forget();
                return null;
            }
            foreseen.commit();
            foresight.cameTrue();
            return foreseen.outcomes();
        } catch (SQLException wrong) {
            if (foreseen.isCommitting() && Fault.of(wrong) == Fault.CONNECTION_LOST) {
                batch.forEach(Ticket::commitWasLost);
            }
            foresight.wasWrong();
            return null;
        } catch (RuntimeException bug) {
            foresight.forget();
            return null;
        }
    }

    private List<Answer> postTheLongWay(List<Ticket> batch, Run before, Run run) {
        before.awaitEnd();
        try {
            Map<Convoy, AccountKey> ahead = detours.ahead(batch);
            PostingTransaction.Result result = postAllBut(ahead.keySet(), batch);
            foresight.learn(result.accounts());
            return batch.stream().map(ticket -> answer(ahead, result, ticket)).toList();
        } finally {
            run.end();
        }
    }

    private PostingTransaction.Result postAllBut(Set<Convoy> convoys, List<Ticket> batch) {
        List<Ticket> free = convoys.isEmpty()
                ? batch
                : batch.stream()
                        .filter(ticket -> !convoys.contains(ticket.convoy()))
                        .toList();
        return free.isEmpty()
                ? new PostingTransaction.Result(Map.of(), Map.of(), List.of())
                : submitter.submit(free, Locking.brief(detours.held()));
    }

    private Answer answer(Map<Convoy, AccountKey> ahead, PostingTransaction.Result result, Ticket ticket) {
        AccountKey held = ahead.getOrDefault(ticket.convoy(), result.heldUp().get(ticket.id()));
        return held == null ? Answer.of(result.outcome(ticket)) : new Answer(detours.add(held, ticket));
    }
}
