package io.bursar.ledger;

import static io.bursar.ledger.Sql.instant;
import static io.bursar.ledger.Sql.instantOrNull;
import static io.bursar.ledger.Sql.longOrNull;
import static io.bursar.ledger.Sql.uuid;
import static java.util.stream.Collectors.toSet;

import io.bursar.ledger.AccountIds.Known;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.PostedLeg;
import io.bursar.ledger.Outcome.SideAfter;
import io.bursar.ledger.TransferRow.Settlement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads what a batch is decided on, a handful of statements for a batch of any size, each routed by the books it
 * touches. The order matters: earlier legs never change, so they may be read first, to learn which accounts they
 * name; then all accounts are locked; and only then is read what somebody else may have committed while we waited for
 * those locks.
 */
final class SnapshotStore {
    /** More submissions than this are not asked about before the answer to their locks has been read. */
    private static final int SENT_TOGETHER_MAX = 256;

    private static final Column<BookId> BOOKS = Column.uuid("book", BookId::value);
    private static final Column<UUID> UUIDS = Column.uuid("id", id -> id);
    private static final Column<AccountKey> PATH =
            Column.text("path", key -> key.path().value());
    private static final Column<ReferenceKey> BOOK_OF_REFERENCE =
            Column.uuid("book", key -> key.book().value());
    private static final Column<ReferenceKey> REFERENCE =
            Column.text("reference", key -> key.reference().value());

    private static final String ACCOUNTS = """
            SELECT a.book, a.id, a.path, a.unit_code, a.unit_scale, a.parent, a.source, a.expires_at, a.owed,
                   a.lapses_to, a.posted, a.pending_debits, a.pending_credits, a.floor, a.ceiling,
                   a.sequence, a.last_at, a.last_hash,
                   a.debit_freezes <> '{}' AS debits_frozen, a.credit_freezes <> '{}' AS credits_frozen, a.closed
            FROM ledger.account a
            WHERE a.book = ANY (?) AND %s
            ORDER BY %s
            %s
            """;
    private static final String LOCKED = "FOR NO KEY UPDATE OF a";

    private final Connection connection;

    SnapshotStore(Connection connection) {
        this.connection = connection;
    }

    /** Locks and reads. A submission is left out when one of its accounts is avoided, or held and to be skipped. */
    Locked lock(List<Submission> batch, AccountIds ids, Locking locking) throws SQLException {
        Named asked = named(batch, ids);
        Map<LegKey, EarlierLeg> earlier = asked.earlier();
        HeldUp heldUp = new HeldUp(batch, asked);
        heldUp.by(locking.avoided());
        Map<AccountKey, Known> named = heldUp.named();

        Map<BookId, LocalDate> closedThrough = new HashMap<>();
        Map<AccountKey, AccountState> accounts = new HashMap<>();
        List<Settlement> settled = new ArrayList<>();
        Map<ReferenceKey, List<RecordedLeg>> recorded = new HashMap<>();
        Trip trip = Trip.begun(Locking.WAIT_MAX);
        Set<BookId> books = Batch.books(heldUp.rest());
        PeriodStore.share(trip, connection, books);
        closedThrough(trip, books, closedThrough);
        accounts(trip, ids.find(connection, locking.awaited()), LOCKED, new HashMap<>());
        trip.lockWait(locking.waitMax());
        accounts(trip, named, locking.skipsHeld() ? LOCKED + " SKIP LOCKED" : LOCKED, accounts);
        if (locking.skipsHeld() || batch.size() > SENT_TOGETHER_MAX) {
            trip.run(connection);
            trip = new Trip();
        }
        lockLots(trip, named, locking.skipsHeld() ? accounts.keySet() : named.keySet(), accounts);
        settled(trip, earlier, settled);
        recorded(trip, Batch.references(heldUp.rest()), recorded);
        trip.run(connection);

        Set<AccountKey> held = new HashSet<>(named.keySet());
        held.removeAll(accounts.keySet());
        Check.invariant(held.isEmpty() || locking.skipsHeld(), "not locked: " + held);
        heldUp.by(held);
        Snapshot snapshot = new Snapshot(accounts, after(earlier, settled), together(recorded), closedThrough);
        return new Locked(heldUp.rest(), snapshot, heldUp.heldUp());
    }

    /** What a batch names: legs posted earlier, and all accounts that posting it may touch except for lots. */
    Named named(List<Submission> batch, AccountIds ids) throws SQLException {
        Map<LegKey, EarlierLeg> earlier = earlier(Batch.earlier(batch));
        return new Named(earlier, ids.find(connection, Batch.accounts(batch, earlier)));
    }

    /** Reads without locking anything or looking up references: what is true now and has to be confirmed later. */
    Snapshot glance(Map<LegKey, EarlierLeg> earlier, Map<AccountKey, Known> named, Set<BookId> books)
            throws SQLException {
        Map<BookId, LocalDate> closedThrough = new HashMap<>();
        Map<AccountKey, AccountState> accounts = new HashMap<>();
        List<Settlement> settled = new ArrayList<>();
        if (!earlier.isEmpty() || !named.isEmpty() || !books.isEmpty()) {
            Trip trip = Trip.begun(Locking.WAIT_MAX);
            closedThrough(trip, books, closedThrough);
            accounts(trip, named, "", accounts);
            settled(trip, earlier, settled);
            trip.run(connection);
        }
        return new Snapshot(accounts, after(earlier, settled), Map.of(), closedThrough);
    }

    Map<AccountKey, Known> known(Collection<AccountKey> keys) throws SQLException {
        Columns<AccountKey> columns = new Columns<>(connection, keys);
        String sql = """
                SELECT f.book, f.path, f.id, f.parent, f.owed, f.lapses_to
                FROM unnest(?::uuid[], ?::text[]) AS k (book, path)
                CROSS JOIN LATERAL (
                    SELECT a.book, a.path, a.id, a.parent, a.owed, a.lapses_to FROM ledger.account a
                    WHERE a.book = ANY (?) AND a.book = k.book AND a.path BETWEEN k.path AND k.path
                    ORDER BY a.path LIMIT 1) f
                """;
        Map<AccountKey, Known> found = new HashMap<>();
        Trip trip = Trip.begun(Locking.WAIT_MAX);
        trip.with(
                sql,
                row -> found.put(key(row, "path"), known(row)),
                columns.of("uuid", key -> key.book().value()),
                columns.of("text", key -> key.path().value()),
                columns.books(AccountKey::book));
        trip.run(connection);
        return found;
    }

    private static Known known(ResultSet row) throws SQLException {
        List<AccountPath> links = new ArrayList<>();
        for (String column : List.of("parent", "owed", "lapses_to")) {
            String path = row.getString(column);
            if (path != null) {
                links.add(new AccountPath(path));
            }
        }
        return new Known(uuid(row, "id"), List.copyOf(links), row.getString("lapses_to") != null);
    }

    private void closedThrough(Trip trip, Set<BookId> books, Map<BookId, LocalDate> closedThrough) throws SQLException {
        trip.with(
                "SELECT p.book, p.closed_through FROM ledger.period p WHERE p.book = ANY (?)",
                row -> {
                    LocalDate closed = row.getObject("closed_through", LocalDate.class);
                    if (closed != null) {
                        closedThrough.put(book(row), closed);
                    }
                },
                BOOKS.of(connection, books));
    }

    /** The named legs as they were made. Their rows never change, so they may be read before anything is locked. */
    private Map<LegKey, EarlierLeg> earlier(Set<LegKey> keys) throws SQLException {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Columns<LegKey> columns = new Columns<>(connection, keys);
        String sql = """
                SELECT t.book, t.reference, t.leg, t.kind, t.expires_at, t.id, t.amount,
                       (SELECT a.path FROM ledger.account a WHERE a.book = t.book AND a.id = t.debit_account)
                           AS debit_path,
                       (SELECT a.path FROM ledger.account a WHERE a.book = t.book AND a.id = t.credit_account)
                           AS credit_path
                FROM unnest(?::uuid[], ?::text[], ?::integer[]) AS k (book, reference, leg)
                CROSS JOIN LATERAL (
                    SELECT * FROM ledger.transfer t
                    WHERE t.book = ANY (?) AND t.book = k.book AND t.reference = k.reference AND t.leg = k.leg
                      AND t.kind IN ('PEND', 'MOVE', 'COMMIT', 'FORCE')
                    ORDER BY t.part OFFSET 0) t
                """;
        Map<LegKey, EarlierLeg> legs = new HashMap<>();
        Trip trip = Trip.begun(Locking.WAIT_MAX);
        trip.with(
                sql,
                row -> legs.merge(
                        new LegKey(book(row), new Reference(row.getString("reference")), row.getInt("leg")),
                        earlierLeg(row),
                        (before, more) -> before.with(more.parts().getFirst())),
                columns.of("uuid", key -> key.book().value()),
                columns.of("text", key -> key.reference().value()),
                columns.of("integer", LegKey::leg),
                columns.books(LegKey::book));
        trip.run(connection);
        return legs;
    }

    private static EarlierLeg earlierLeg(ResultSet row) throws SQLException {
        long amount = row.getLong("amount");
        EarlierLeg.Part part = new EarlierLeg.Part(
                uuid(row, "id"), key(row, "debit_path"), key(row, "credit_path"), amount, amount, 0);
        Transfer.Kind kind = Transfer.Kind.valueOf(row.getString("kind"));
        return new EarlierLeg(kind, instantOrNull(row, "expires_at"), List.of(part));
    }

    /** Reads, and locks if asked to, in (book, id) order, which is the one order everybody locks accounts in. */
    private void accounts(Trip trip, Map<AccountKey, Known> named, String lock, Map<AccountKey, AccountState> accounts)
            throws SQLException {
        if (named.isEmpty()) {
            return;
        }
        trip.with(
                ACCOUNTS.formatted("a.id = ANY (?)", "a.book, a.id", lock),
                row -> add(account(row), accounts),
                UUIDS.of(connection, books(named.keySet(), AccountKey::book)),
                UUIDS.of(connection, named.values().stream().map(Known::id).toList()));
    }

    /** Only who holds the lock of its parent touches a lot, so lots are locked after all parents and in any order. */
    private void lockLots(
            Trip trip, Map<AccountKey, Known> named, Set<AccountKey> locked, Map<AccountKey, AccountState> accounts)
            throws SQLException {
        List<AccountKey> parents = named.entrySet().stream()
                .filter(entry -> entry.getValue().ofLots() && locked.contains(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (parents.isEmpty()) {
            return;
        }
        trip.with(
                ACCOUNTS.formatted(
                        "a.parent IS NOT NULL AND a.parent = ANY (?)", "a.book, a.parent, a.expires_at, a.id", LOCKED),
                row -> add(account(row), accounts),
                UUIDS.of(connection, books(parents, AccountKey::book)),
                PATH.of(connection, parents));
    }

    private static void add(AccountState account, Map<AccountKey, AccountState> accounts) {
        accounts.put(account.key(), account);
    }

    /** What has been settled of the earlier legs by now. */
    private void settled(Trip trip, Map<LegKey, EarlierLeg> earlier, List<Settlement> settled) throws SQLException {
        if (earlier.isEmpty()) {
            return;
        }
        List<PartOf> parts = earlier.entrySet().stream()
                .flatMap(entry -> entry.getValue().parts().stream()
                        .map(part -> new PartOf(entry.getKey().book(), part.transfer())))
                .toList();
        Columns<PartOf> columns = new Columns<>(connection, parts);
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
                row -> settled.add(
                        new Settlement(uuid(row, "settles"), row.getInt("settle_ordinal"), row.getLong("remaining"))),
                columns.of("uuid", part -> part.book().value()),
                columns.of("uuid", PartOf::transfer),
                columns.books(PartOf::book));
    }

    private static Map<LegKey, EarlierLeg> after(Map<LegKey, EarlierLeg> earlier, List<Settlement> settlements) {
        Map<LegKey, EarlierLeg> now = new HashMap<>();
        earlier.forEach((key, leg) -> {
            EarlierLeg settled = leg;
            for (Settlement settlement : settlements) {
                settled = settled.after(settlement);
            }
            now.put(key, settled);
        });
        return now;
    }

    private record PartOf(BookId book, UUID transfer) {}

    /** What is recorded under the references already; read after the locks, so that what others committed is seen. */
    private void recorded(Trip trip, Set<ReferenceKey> keys, Map<ReferenceKey, List<RecordedLeg>> legs)
            throws SQLException {
        String sql = """
                SELECT t.book, t.reference, t.id, t.leg, t.kind, t.amount, t.posted_at, t.content_hash,
                       (SELECT a.path FROM ledger.account a WHERE a.book = t.book AND a.id = t.debit_account)
                           AS debit_path, t.debit_sequence, t.debit_balance,
                       (SELECT a.path FROM ledger.account a WHERE a.book = t.book AND a.id = t.credit_account)
                           AS credit_path, t.credit_sequence, t.credit_balance
                FROM unnest(?::uuid[], ?::text[]) AS k (book, reference)
                CROSS JOIN LATERAL (
                    SELECT * FROM ledger.transfer t
                    WHERE t.book = ANY (?) AND t.book = k.book AND t.reference = k.reference
                    ORDER BY t.leg, t.part OFFSET 0) t
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
                new TransferId(uuid(row, "id")),
                row.getInt("leg"),
                Transfer.Kind.valueOf(row.getString("kind")),
                row.getLong("amount"),
                side(row, "debit"),
                side(row, "credit"));
        ReferenceKey key = new ReferenceKey(book(row), new Reference(row.getString("reference")));
        return new RecordedLeg(key, Hash.stored(row.getBytes("content_hash")), instant(row, "posted_at"), leg);
    }

    private static SideAfter side(ResultSet row, String side) throws SQLException {
        return new SideAfter(
                new AccountPath(row.getString(side + "_path")),
                row.getLong(side + "_sequence"),
                row.getLong(side + "_balance"));
    }

    private static AccountState account(ResultSet row) throws SQLException {
        return new AccountState(
                key(row, "path"),
                uuid(row, "id"),
                Sql.unit(row),
                Sql.accountKind(row),
                new Policy(longOrNull(row, "floor"), longOrNull(row, "ceiling")),
                new AccountState.Bars(
                        row.getBoolean("debits_frozen"), row.getBoolean("credits_frozen"), row.getBoolean("closed")),
                new Sums(row.getLong("posted"), row.getLong("pending_debits"), row.getLong("pending_credits")),
                row.getLong("sequence"),
                instant(row, "last_at"),
                Hash.stored(row.getBytes("last_hash")));
    }

    private static AccountKey key(ResultSet row, String pathColumn) throws SQLException {
        return new AccountKey(book(row), new AccountPath(row.getString(pathColumn)));
    }

    private static BookId book(ResultSet row) throws SQLException {
        return new BookId(uuid(row, "book"));
    }
}
