package io.bursar.ledger;

import io.bursar.ledger.AccountIds.Known;
import io.bursar.ledger.AccountKind.Single;
import io.bursar.ledger.Outcome.Rejected;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Decides batches on the states in which their lane left the accounts, or found them a moment ago, without locking
 * them. Whether that was right is found out when the batch is written. Every change of an account, by a posting or by
 * an event, has the next sequence, and the update of each account asks for the one that was foreseen; that a reference
 * was not posted before, and that nothing was settled meanwhile, is the business of unique indexes.
 *
 * <p>Only what comes out as posted may be foreseen: a refusal writes nothing that could be found wrong. Accounts of
 * lots are not foreseen either, because opening a lot leaves its account's sequence as it was.
 */
final class Foresight {
    private static final int REMEMBERED_MAX = 20_000;

    /** How many batches are not foreseen after one that was foreseen wrongly; twice as many after the next one. */
    private static final int PAUSE_MAX = 64;

    private final DataSource dataSource;
    private final Clock clock;
    private final AccountIds ids;
    private final Map<AccountKey, AccountState> accounts = new Recent<>(REMEMBERED_MAX);
    private final Map<BookId, Optional<LocalDate>> closedThrough = new Recent<>(REMEMBERED_MAX);
    private int nextPause = 1;
    private int pause;

    Foresight(DataSource dataSource, AccountIds ids, Clock clock) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Decides the batch in a transaction that is left open, or answers null when it cannot be foreseen.
     *
     * @throws LedgerUnavailableException when the pool has no connection left: the long way would wait for one again
     */
    @Nullable
    Foreseen begin(List<Ticket> batch, Set<AccountKey> held) {
        if (isPausing()) {
            return null;
        }
        List<Submission> submissions = batch.stream().map(Ticket::submission).toList();
        try {
            Connection connection = dataSource.getConnection();
            Foreseen foreseen = null;
            try {
                connection.setAutoCommit(false);
                foreseen = foreseen(connection, submissions, held);
                return foreseen;
            } finally {
                if (foreseen == null) {
                    Foreseen.giveUp(connection);
                }
            }
        } catch (SQLException unavailable) {
            if (Fault.of(unavailable) == Fault.NO_CONNECTION_FREE) {
                throw Sql.failed("nothing was posted", unavailable);
            }
            return null;
        }
    }

    private @Nullable Foreseen foreseen(Connection connection, List<Submission> batch, Set<AccountKey> held)
            throws SQLException {
        Snapshot remembered = remembered(batch);
        Snapshot snapshot = remembered == null ? read(new SnapshotStore(connection), batch) : remembered;
        boolean foreseeable = snapshot.accounts().values().stream()
                .allMatch(account -> account.kind() instanceof Single && !held.contains(account.key()));
        if (!foreseeable) {
            return null;
        }
        Decision decision = Decider.decide(snapshot, batch, clock.instant());
        if (decision.outcomes().stream().anyMatch(Rejected.class::isInstance)) {
            return null;
        }
        learn(decision.touched());
        return new Foreseen(connection, decision, snapshot);
    }

    /** All that the batch is decided on, if nothing of it has to be read. */
    private synchronized @Nullable Snapshot remembered(List<Submission> batch) {
        if (!Batch.earlier(batch).isEmpty()) {
            return null;
        }
        Map<AccountKey, AccountState> states = new HashMap<>();
        Deque<AccountKey> asked = new ArrayDeque<>(Batch.accounts(batch, Map.of()));
        while (!asked.isEmpty()) {
            AccountKey key = asked.removeFirst();
            AccountState state = accounts.get(key);
            if (state == null) {
                return null;
            }
            if (states.put(key, state) == null) {
                state.kind().links().forEach(path -> asked.add(state.beside(path)));
            }
        }
        Map<BookId, LocalDate> closed = new HashMap<>();
        for (BookId book : Batch.books(batch)) {
            Optional<LocalDate> through = closedThrough.get(book);
            if (through == null) {
                return null;
            }
            through.ifPresent(date -> closed.put(book, date));
        }
        return new Snapshot(states, Map.of(), Map.of(), closed);
    }

    /** All that the batch is decided on: what is remembered of its accounts, and everything else as it is now. */
    private Snapshot read(SnapshotStore store, List<Submission> batch) throws SQLException {
        Named named = store.named(batch, ids);
        Map<AccountKey, AccountState> states = remembered(named.accounts().keySet());
        Map<AccountKey, Known> unread = new HashMap<>(named.accounts());
        unread.keySet().removeAll(states.keySet());
        Set<BookId> books = Batch.books(batch);
        Snapshot read = store.glance(named.earlier(), unread, books);
        learn(read.accounts().values());
        learn(books, read.closedThrough());
        states.putAll(read.accounts());
        return new Snapshot(states, read.earlier(), Map.of(), read.closedThrough());
    }

    private synchronized Map<AccountKey, AccountState> remembered(Set<AccountKey> keys) {
        Map<AccountKey, AccountState> found = new HashMap<>();
        for (AccountKey key : keys) {
            AccountState state = accounts.get(key);
            if (state != null) {
                found.put(key, state);
            }
        }
        return found;
    }

    private synchronized void learn(Set<BookId> books, Map<BookId, LocalDate> closed) {
        books.forEach(book -> closedThrough.put(book, Optional.ofNullable(closed.get(book))));
    }

    /** Nobody but this lane has to have posted to these accounts for them to be as they are remembered. */
    synchronized void learn(Collection<AccountState> states) {
        states.stream()
                .filter(state -> state.kind() instanceof Single)
                .forEach(state -> accounts.put(state.key(), state));
    }

    synchronized void cameTrue() {
        nextPause = 1;
    }

    /** Somebody else posts to the same accounts. */
    synchronized void wasWrong() {
        forget();
        pause = nextPause;
        nextPause = Math.min(nextPause * 2, PAUSE_MAX);
    }

    synchronized void forget() {
        accounts.clear();
        closedThrough.clear();
    }

    /** Whether somebody else posts to these accounts all the time. */
    synchronized boolean isDisturbed() {
        return pause > 0 && nextPause == PAUSE_MAX;
    }

    private synchronized boolean isPausing() {
        return pause > 0 && pause-- > 0;
    }
}
