package io.bursar.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Posts a batch inside an open transaction: lock and read, decide, write. Both ways in end here, with equal outcomes.
 * The posting instant is taken after the locks, so that it follows the order in which accounts were locked.
 */
final class PostingTransaction {
    private final Clock clock;
    private final AccountIds ids;

    PostingTransaction(AccountIds ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** Posts in the caller's transaction, which is left open. */
    List<Outcome> post(Connection connection, List<Submission> batch) throws SQLException {
        Locked locked = new SnapshotStore(connection).lock(batch, ids, Locking.patient());
        Decision decision = Decider.decide(locked.snapshot(), locked.batch(), clock.instant());
        new PostingStore(connection).write(decision, locked.snapshot());
        return decision.outcomes();
    }

    /** Posts what can be locked that way and commits; what cannot is in nobody's way any more. */
    Result postAndCommit(Connection connection, List<Ticket> batch, Locking locking) throws SQLException {
        List<Submission> submissions = batch.stream().map(Ticket::submission).toList();
        Locked locked = new SnapshotStore(connection).lock(submissions, ids, locking);
        Decision decision = Decider.decide(locked.snapshot(), locked.batch(), clock.instant());
        Map<PostingId, Outcome> outcomes = new HashMap<>();
        for (int index = 0; index < locked.batch().size(); index++) {
            outcomes.put(locked.batch().get(index).id(), decision.outcomes().get(index));
        }
        try {
            new PostingStore(connection).writeAndCommit(decision, locked.snapshot());
        } catch (SQLException failure) {
            if (Fault.of(failure) == Fault.CONNECTION_LOST) {
                batch.forEach(Ticket::commitWasLost);
            }
            throw failure;
        }
        Map<AccountKey, AccountState> accounts = new HashMap<>(locked.snapshot().accounts());
        decision.touched().forEach(account -> accounts.put(account.key(), account));
        return new Result(outcomes, locked.heldUp(), accounts.values());
    }

    /** What was posted or refused, which account stood in the way of the rest, and how the accounts were left. */
    record Result(
            Map<PostingId, Outcome> outcomes, Map<PostingId, AccountKey> heldUp, Collection<AccountState> accounts) {

        Outcome outcome(Ticket ticket) {
            return Objects.requireNonNull(outcomes.get(ticket.id()), "decided or held up");
        }

        static Result unknown(List<Ticket> batch, String message) {
            Map<PostingId, Outcome> outcomes = new HashMap<>();
            batch.forEach(ticket -> outcomes.put(ticket.id(), new Outcome.OutcomeUnknown(message)));
            return new Result(outcomes, Map.of(), List.of());
        }
    }
}
