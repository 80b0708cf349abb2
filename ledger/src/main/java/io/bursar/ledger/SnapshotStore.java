package io.bursar.ledger;

import static io.bursar.ledger.Sql.instant;
import static io.bursar.ledger.Sql.longOrNull;
import static io.bursar.ledger.Sql.uuid;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.PostedLeg;
import io.bursar.ledger.Outcome.SideAfter;
import io.bursar.ledger.TransferRow.Settlement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads what a batch is decided on, a handful of statements for a batch of any size, each routed by the books it
 * touches. The order matters: pending legs never change, so they may be read first, to learn which accounts they
 * name; then all accounts are locked; and only then is read what somebody else may have committed while we waited for
 * those locks.
 */
final class SnapshotStore {
    /** More submissions than this are not asked about before the answer to their locks has been read. */
    private static final int SENT_TOGETHER_MAX = 256;

    private static final Column<UUID> UUIDS = Column.uuid("id", id -> id);
    private static final Column<ReferenceKey> BOOK_OF_REFERENCE =
            Column.uuid("book", key -> key.book().value());
    private static final Column<ReferenceKey> REFERENCE =
            Column.text("reference", key -> key.reference().value());

    private static final String SETTINGS = "SELECT set_config('lock_timeout', ?, true), "
            + Stream.of("seqscan", "bitmapscan", "hashjoin", "mergejoin", "sort", "incremental_sort")
                    .map("set_config('enable_%s', 'off', true)"::formatted)
                    .collect(joining(", "));

    private static final String LOCK = """
            SELECT a.book, a.id, a.path, a.unit_code, a.unit_scale, a.posted, a.pending_debits, a.pending_credits,
                   a.floor, a.ceiling, a.sequence, a.last_at, a.last_hash,
                   a.debit_freezes <> '{}' AS debits_frozen, a.credit_freezes <> '{}' AS credits_frozen, a.closed
            FROM ledger.account a
            WHERE a.book = ANY (?) AND a.id = ANY (?)
            ORDER BY a.book, a.id
            FOR NO KEY UPDATE OF a""";

    private final Connection connection;

    SnapshotStore(Connection connection) {
        this.connection = connection;
    }

    /** Locks and reads. A submission is left out when one of its accounts is avoided, or held and to be skipped. */
    Locked lock(List<Submission> batch, AccountIds ids, Locking locking) throws SQLException {
        Map<HoldKey, Hold> pendings = pendings(Batch.holds(batch));
        HeldUp heldUp = new HeldUp(batch, pendings);
        heldUp.by(locking.avoided());
        Map<AccountKey, UUID> named = ids.find(connection, heldUp.accounts());
        Map<AccountKey, UUID> awaited = ids.find(connection, locking.awaited());

        Map<AccountKey, AccountState> accounts = new HashMap<>();
        Map<UUID, Settlement> settled = new HashMap<>();
        Map<ReferenceKey, List<RecordedLeg>> recorded = new HashMap<>();
        Trip trip = new Trip();
        awaitFirst(trip, awaited);
        lock(trip, named, locking, accounts);
        if (batch.size() > SENT_TOGETHER_MAX) {
            trip.run(connection);
            trip = new Trip();
        }
        settled(trip, pendings, settled);
        recorded(trip, Batch.references(heldUp.rest()), recorded);
        trip.run(connection);

        Set<AccountKey> held = new HashSet<>(named.keySet());
        held.removeAll(accounts.keySet());
        Check.invariant(held.isEmpty() || locking.skipsHeld(), "not locked: " + held);
        heldUp.by(held);
        Snapshot snapshot = new Snapshot(accounts, after(pendings, settled), together(recorded));
        return new Locked(heldUp.rest(), snapshot, heldUp.heldUp());
    }

    Map<AccountKey, UUID> accountIds(Set<AccountKey> keys) throws SQLException {
        Columns<AccountKey> columns = new Columns<>(connection, keys);
        String sql = """
                SELECT f.book, f.path, f.id
                FROM unnest(?::uuid[], ?::text[]) AS k (book, path)
                CROSS JOIN LATERAL (
                    SELECT a.book, a.path, a.id FROM ledger.account a
                    WHERE a.book = ANY (?) AND a.book = k.book AND a.path = k.path OFFSET 0) f
                """;
        Map<AccountKey, UUID> ids = new HashMap<>();
        Sql.query(
                connection,
                sql,
                row -> ids.put(new AccountKey(book(row), new AccountPath(row.getString("path"))), uuid(row, "id")),
                columns.of("uuid", key -> key.book().value()),
                columns.of("text", key -> key.path().value()),
                columns.books(AccountKey::book));
        return ids;
    }

    /** The named pending legs as they were made. They never change, so they may be read before anything is locked. */
    private Map<HoldKey, Hold> pendings(Set<HoldKey> keys) throws SQLException {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Columns<HoldKey> columns = new Columns<>(connection, keys);
        String sql = """
                SELECT t.book, t.reference, t.leg, t.id, t.amount,
                       (SELECT a.path FROM ledger.account a WHERE a.book = t.book AND a.id = t.debit_account)
                           AS debit_path,
                       (SELECT a.path FROM ledger.account a WHERE a.book = t.book AND a.id = t.credit_account)
                           AS credit_path
                FROM unnest(?::uuid[], ?::text[], ?::integer[]) AS k (book, reference, leg)
                CROSS JOIN LATERAL (
                    SELECT * FROM ledger.transfer t
                    WHERE t.book = ANY (?) AND t.book = k.book AND t.reference = k.reference
                      AND t.leg BETWEEN k.leg AND k.leg AND t.kind = 'PEND'
                    ORDER BY t.leg OFFSET 0) t
                """;
        Map<HoldKey, Hold> holds = new HashMap<>();
        Sql.query(
                connection,
                sql,
                row -> holds.put(
                        new HoldKey(book(row), new Reference(row.getString("reference")), row.getInt("leg")),
                        pending(row)),
                columns.of("uuid", key -> key.book().value()),
                columns.of("text", key -> key.reference().value()),
                columns.of("integer", HoldKey::leg),
                columns.books(HoldKey::book));
        return holds;
    }

    /** Waits for an account longer than for any other, before anything else is locked. */
    private void awaitFirst(Trip trip, Map<AccountKey, UUID> awaited) throws SQLException {
        if (awaited.isEmpty()) {
            return;
        }
        settings(trip, Locking.WAIT_MAX);
        trip.with(
                LOCK,
                _ -> {},
                UUIDS.of(connection, books(awaited.keySet(), AccountKey::book)),
                UUIDS.of(connection, awaited.values()));
    }

    /**
     * For this transaction: a lock that somebody holds for longer is not waited for, and every row is found by the index
     * that names it. Plans outlive the moment they were made in, and one made while a table was small would read all of
     * it when it is large.
     */
    private static void settings(Trip trip, Duration lockWait) {
        trip.with(SETTINGS, _ -> {}, lockWait.toMillis() + "ms");
    }

    /** Locks the accounts in (book, id) order, which is the one order everybody takes, and reads them. */
    private void lock(Trip trip, Map<AccountKey, UUID> named, Locking locking, Map<AccountKey, AccountState> accounts)
            throws SQLException {
        settings(trip, locking.waitMax());
        trip.with(
                locking.skipsHeld() ? LOCK + " SKIP LOCKED" : LOCK,
                row -> {
                    AccountState account = account(row);
                    accounts.put(account.key(), account);
                },
                UUIDS.of(connection, books(named.keySet(), AccountKey::book)),
                UUIDS.of(connection, named.values()));
    }

    /** What has been settled of the pending legs by now. */
    private void settled(Trip trip, Map<HoldKey, Hold> pendings, Map<UUID, Settlement> settled) throws SQLException {
        if (pendings.isEmpty()) {
            return;
        }
        Columns<Map.Entry<HoldKey, Hold>> columns = new Columns<>(connection, pendings.entrySet());
        String sql = """
                SELECT t.settles, t.settle_ordinal, t.remaining
                FROM unnest(?::uuid[], ?::uuid[]) AS k (book, settles)
                CROSS JOIN LATERAL (
                    SELECT * FROM ledger.transfer t
                    WHERE t.book = ANY (?) AND t.book = k.book AND t.settles = k.settles
                    ORDER BY t.settle_ordinal DESC LIMIT 1) t
                """;
        trip.with(
                sql,
                row -> settled.put(
                        uuid(row, "settles"),
                        new Settlement(uuid(row, "settles"), row.getInt("settle_ordinal"), row.getLong("remaining"))),
                columns.of("uuid", entry -> entry.getKey().book().value()),
                columns.of("uuid", entry -> entry.getValue().transfer()),
                columns.books(entry -> entry.getKey().book()));
    }

    private static Map<HoldKey, Hold> after(Map<HoldKey, Hold> pendings, Map<UUID, Settlement> settled) {
        Map<HoldKey, Hold> holds = new HashMap<>();
        pendings.forEach((key, hold) -> holds.put(key, hold.after(settled.get(hold.transfer()))));
        return holds;
    }

    /** What is recorded under the references already; read after the locks, so that what others committed is seen. */
    private void recorded(Trip trip, Set<ReferenceKey> keys, Map<ReferenceKey, List<RecordedLeg>> legs)
            throws SQLException {
        String sql = """
                SELECT t.book, t.reference, t.id, t.amount, t.posted_at, t.content_hash,
                       (SELECT a.path FROM ledger.account a WHERE a.book = t.book AND a.id = t.debit_account)
                           AS debit_path, t.debit_sequence, t.debit_balance,
                       (SELECT a.path FROM ledger.account a WHERE a.book = t.book AND a.id = t.credit_account)
                           AS credit_path, t.credit_sequence, t.credit_balance
                FROM unnest(?::uuid[], ?::text[]) AS k (book, reference)
                CROSS JOIN LATERAL (
                    SELECT * FROM ledger.transfer t
                    WHERE t.book = ANY (?) AND t.book = k.book AND t.reference = k.reference
                    ORDER BY t.leg OFFSET 0) t
                """;
        trip.with(
                sql,
                row -> {
                    RecordedLeg leg = recordedLeg(row);
                    legs.computeIfAbsent(leg.key(), _ -> new ArrayList<>()).add(leg);
                },
                BOOK_OF_REFERENCE.of(connection, keys),
                REFERENCE.of(connection, keys),
                UUIDS.of(connection, books(keys, ReferenceKey::book)));
    }

    private static Map<ReferenceKey, Recorded> together(Map<ReferenceKey, List<RecordedLeg>> legs) {
        Map<ReferenceKey, Recorded> recorded = new HashMap<>();
        legs.forEach((key, rows) -> recorded.put(key, together(key, rows)));
        return recorded;
    }

    private static <T> Set<UUID> books(Collection<T> keys, Function<T, BookId> book) {
        return keys.stream().map(key -> book.apply(key).value()).collect(toSet());
    }

    private record RecordedLeg(ReferenceKey key, Hash content, Instant postedAt, PostedLeg leg) {}

    /** The rows come by leg, and the first one gives the posting its id. */
    private static Recorded together(ReferenceKey key, List<RecordedLeg> rows) {
        RecordedLeg first = rows.getFirst();
        PostingId id = new PostingId(first.leg().transfer().value());
        List<PostedLeg> legs = rows.stream().map(RecordedLeg::leg).toList();
        return new Recorded(first.content(), new Posted(id, key.reference(), first.postedAt(), legs));
    }

    private static RecordedLeg recordedLeg(ResultSet row) throws SQLException {
        PostedLeg leg = new PostedLeg(
                new TransferId(uuid(row, "id")), row.getLong("amount"), side(row, "debit"), side(row, "credit"));
        ReferenceKey key = new ReferenceKey(book(row), new Reference(row.getString("reference")));
        return new RecordedLeg(key, Hash.stored(row.getBytes("content_hash")), instant(row, "posted_at"), leg);
    }

    private static SideAfter side(ResultSet row, String side) throws SQLException {
        return new SideAfter(
                new AccountPath(row.getString(side + "_path")),
                row.getLong(side + "_sequence"),
                row.getLong(side + "_balance"));
    }

    private static Hold pending(ResultSet row) throws SQLException {
        long amount = row.getLong("amount");
        return new Hold(
                uuid(row, "id"),
                new AccountPath(row.getString("debit_path")),
                new AccountPath(row.getString("credit_path")),
                amount,
                amount,
                0);
    }

    private static AccountState account(ResultSet row) throws SQLException {
        return new AccountState(
                new AccountKey(book(row), new AccountPath(row.getString("path"))),
                uuid(row, "id"),
                Sql.unit(row),
                longOrNull(row, "floor"),
                longOrNull(row, "ceiling"),
                row.getBoolean("debits_frozen"),
                row.getBoolean("credits_frozen"),
                row.getBoolean("closed"),
                row.getLong("posted"),
                row.getLong("pending_debits"),
                row.getLong("pending_credits"),
                row.getLong("sequence"),
                instant(row, "last_at"),
                Hash.stored(row.getBytes("last_hash")));
    }

    private static BookId book(ResultSet row) throws SQLException {
        return new BookId(uuid(row, "book"));
    }
}
