package io.bursar.ledger;

import io.bursar.ledger.AccountIds.Known;
import io.bursar.ledger.AccountKind.Single;
import io.bursar.ledger.Outcome.Rejected;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
 * <p>Only what comes out as posted may be foreseen: a refusal writes nothing that could be found wrong. Accounts of lots
 * are not foreseen either, because opening a lot leaves its account's sequence as it was.
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

    /** Decides the batch in a transaction that is left open, or answers null when it cannot be foreseen. */
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
            return null;
        }
    }

    private @Nullable Foreseen foreseen(Connection connection, List<Submission> batch, Set<AccountKey> held)
            throws SQLException {
        SnapshotStore store = new SnapshotStore(connection);
        Named named = store.named(batch, ids);
        boolean foreseeable = named.accounts().entrySet().stream()
                .noneMatch(account -> account.getValue().ofLots() || held.contains(account.getKey()));
        if (!foreseeable) {
            return null;
        }
        Snapshot snapshot = snapshot(store, named, Batch.books(batch));
        Decision decision = Decider.decide(snapshot, batch, clock.instant());
        if (decision.outcomes().stream().anyMatch(Rejected.class::isInstance)) {
            return null;
        }
        learn(decision.touched());
        return new Foreseen(connection, decision, snapshot);
    }

    /** What is remembered of all that the batch is decided on, and the rest as it can be read now. */
    private Snapshot snapshot(SnapshotStore store, Named named, Set<BookId> books) throws SQLException {
        Map<AccountKey, AccountState> states =
                recalled(accounts, named.accounts().keySet());
        Map<BookId, Optional<LocalDate>> closed = recalled(closedThrough, books);
        Map<AccountKey, Known> unread = new HashMap<>(named.accounts());
        unread.keySet().removeAll(states.keySet());
        Set<BookId> unreadBooks = new HashSet<>(books);
        unreadBooks.removeAll(closed.keySet());

        Snapshot read = store.glance(named.earlier(), unread, unreadBooks);
        learn(read.accounts().values());
        states.putAll(read.accounts());
        unreadBooks.forEach(book ->
                closed.put(book, Optional.ofNullable(read.closedThrough().get(book))));
        Map<BookId, LocalDate> dates = new HashMap<>();
        closed.forEach((book, through) -> through.ifPresent(date -> dates.put(book, date)));
        remember(closed);
        return new Snapshot(states, read.earlier(), Map.of(), dates);
    }

    private synchronized <K, V> Map<K, V> recalled(Map<K, V> memory, Set<K> keys) {
        Map<K, V> found = new HashMap<>();
        for (K key : keys) {
            V value = memory.get(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    private synchronized void remember(Map<BookId, Optional<LocalDate>> closed) {
        closedThrough.putAll(closed);
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

    private synchronized boolean isPausing() {
        return pause > 0 && pause-- > 0;
    }
}
