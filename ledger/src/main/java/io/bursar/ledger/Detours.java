package io.bursar.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Where submissions wait for an account that somebody holds for long, out of the way of all others. Each such account
 * has a line and a thread of its own, which waits for the account before it locks anything else. While nobody has got
 * hold of the account, everything that names it comes here; after that the line is worked off and the account is the
 * lane's again. The wait is bounded by the attempts of {@link Submitter}.
 */
final class Detours implements AutoCloseable {
    /** How many detours use a connection at once. */
    private static final int CONNECTIONS_MAX = 4;

    /** A submission that meets one held account after the other is given up. */
    private static final int DETOURS_MAX = 5;

    private final Submitter submitter;
    private final LedgerOptions options;
    private final Semaphore connections = new Semaphore(CONNECTIONS_MAX, true);
    private final Map<AccountKey, Deque<Detour>> lines = new HashMap<>();
    private final Set<AccountKey> unreached = new HashSet<>();
    private int legs;
    private volatile Set<AccountKey> held = Set.of();

    private record Detour(Ticket ticket, CompletableFuture<Outcome> answer) {}

    Detours(Submitter submitter, LedgerOptions options) {
        this.submitter = submitter;
        this.options = options;
    }

    /** The accounts that somebody is known to hold. */
    Set<AccountKey> held() {
        return held;
    }

    /** The convoys of a batch that somebody is on a detour of, and where: the others have to stay behind him. */
    synchronized Map<Convoy, AccountKey> ahead(List<Ticket> batch) {
        if (lines.isEmpty()) {
            return Map.of();
        }
        Map<Convoy, AccountKey> ahead = new HashMap<>();
        for (Ticket ticket : batch) {
            AccountKey line = ticket.convoy().line;
            if (line != null) {
                ahead.put(ticket.convoy(), line);
            }
        }
        return ahead;
    }

    /** Takes a submission to an account that is held, or behind those of its convoy that are elsewhere. */
    synchronized CompletableFuture<Outcome> add(AccountKey account, Ticket ticket) {
        Detour detour = new Detour(ticket, new CompletableFuture<>());
        Convoy convoy = ticket.convoy();
        convoy.detoured++;
        if (convoy.line == null) {
            convoy.line = account;
        }
        add(convoy.line, detour);
        return detour.answer();
    }

    private void answer(Detour detour, Outcome outcome) {
        leave(detour.ticket().convoy());
        detour.answer().complete(outcome);
    }

    private void fail(Detour detour, Throwable failure) {
        leave(detour.ticket().convoy());
        detour.answer().completeExceptionally(failure);
    }

    private synchronized void leave(Convoy convoy) {
        if (--convoy.detoured == 0) {
            convoy.line = null;
        }
    }

    /** Waits until everybody is answered. */
    @Override
    public synchronized void close() {
        boolean interrupted = false;
        while (!lines.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void add(AccountKey account, Detour detour) {
        Ticket ticket = detour.ticket();
        boolean room = legs == 0 || legs + ticket.legs() <= options.waitingLegsMax();
        if (!room || ticket.detoured() > DETOURS_MAX) {
            giveUp(detour, account);
            return;
        }
        legs += ticket.legs();
        Deque<Detour> line = lines.get(account);
        if (line == null) {
            line = new ArrayDeque<>();
            lines.put(account, line);
            Thread.ofVirtual().name("ledger detour").start(() -> workOff(account));
        }
        line.addLast(detour);
        if (unreached.add(account)) {
            held = Set.copyOf(unreached);
        }
    }

    private void giveUp(Detour detour, AccountKey account) {
        String message = "account " + account.path() + " is held by somebody else";
        if (detour.ticket().mayBePosted()) {
            answer(detour, new Outcome.OutcomeUnknown("the answer to COMMIT was lost, and " + message));
        } else {
            fail(detour, new LedgerBusyException("nothing was posted: " + message, null));
        }
    }

    private void workOff(AccountKey account) {
        List<Detour> batch = take(account);
        while (!batch.isEmpty()) {
            connections.acquireUninterruptibly();
            try {
                answer(account, batch);
            } finally {
                connections.release();
            }
            batch = take(account);
        }
    }

    private synchronized List<Detour> take(AccountKey account) {
        Deque<Detour> line = lines.getOrDefault(account, new ArrayDeque<>());
        List<Detour> batch = new ArrayList<>();
        int weight = 0;
        while (!line.isEmpty() && weight < options.batchLegsMax()) {
            Detour detour = line.removeFirst();
            weight += detour.ticket().legs();
            batch.add(detour);
        }
        legs -= weight;
        if (batch.isEmpty()) {
            lines.remove(account);
            reached(account);
            notifyAll();
        }
        return batch;
    }

    private synchronized void reached(AccountKey account) {
        if (unreached.remove(account)) {
            held = Set.copyOf(unreached);
        }
    }

    private void answer(AccountKey account, List<Detour> all) {
        List<Detour> batch = stillAt(account, all);
        if (batch.isEmpty()) {
            return;
        }
        PostingTransaction.Result result;
        try {
            result = submitter.submit(batch.stream().map(Detour::ticket).toList(), Locking.awaiting(account));
        } catch (Throwable failure) {
            fail(account, batch, failure);
            return;
        }
        reached(account);
        Set<Convoy> moved = new HashSet<>();
        for (Detour detour : batch) {
            AccountKey other = result.heldUp().get(detour.ticket().id());
            if (other == null) {
                answer(detour, result.outcome(detour.ticket()));
            } else {
                move(detour, other, moved);
            }
        }
    }

    /** The first of a convoy goes where he is held up, the others go after him. */
    private synchronized void move(Detour detour, AccountKey account, Set<Convoy> moved) {
        Convoy convoy = detour.ticket().convoy();
        if (convoy.line == null || moved.add(convoy)) {
            convoy.line = account;
        }
        add(convoy.line, detour);
    }

    /** Those whose convoy has gone on to another line go after it. */
    private synchronized List<Detour> stillAt(AccountKey account, List<Detour> batch) {
        List<Detour> here = new ArrayList<>();
        for (Detour detour : batch) {
            AccountKey line = detour.ticket().convoy().line;
            if (line == null || line.equals(account)) {
                here.add(detour);
            } else {
                add(line, detour);
            }
        }
        return here;
    }

    private void fail(AccountKey account, List<Detour> batch, Throwable failure) {
        boolean ourBug = !(failure instanceof LedgerUnavailableException);
        if (ourBug && batch.size() > 1) {
            int half = batch.size() / 2;
            answer(account, batch.subList(0, half));
            answer(account, batch.subList(half, batch.size()));
        } else {
            batch.forEach(detour -> fail(detour, failure));
        }
    }
}
