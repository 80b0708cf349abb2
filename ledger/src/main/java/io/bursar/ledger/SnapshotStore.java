package io.bursar.ledger;

import static io.bursar.ledger.Sql.instant;
import static io.bursar.ledger.Sql.instantOrNull;
import static io.bursar.ledger.Sql.longOrNull;
import static io.bursar.ledger.Sql.uuid;
import static java.util.stream.Collectors.groupingBy;

import io.bursar.ledger.AccountIds.Known;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.PostedLeg;
import io.bursar.ledger.Outcome.SideAfter;
import io.bursar.ledger.TransferRow.Settlement;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Reads what a batch is decided on, a handful of statements for a batch of any size, each routed by the books it
 * touches. The order matters: earlier legs never change, so they may be read first, to learn which accounts they
 * name; then all accounts are locked; and only then is read what somebody else may have committed while we waited for
 * those locks.
 */
final class SnapshotStore {
    private final Connection connection;

    SnapshotStore(Connection connection) {
        this.connection = connection;
    }

    Snapshot lock(List<Submission> batch, AccountIds ids) throws SQLException {
        Map<LegKey, EarlierLeg> earlier = earlier(Batch.earlier(batch));
        Map<AccountKey, Known> named = ids.find(connection, Batch.accounts(batch, earlier));
        Map<BookId, LocalDate> closedThrough = periods(batch);
        Map<AccountKey, AccountState> accounts = lock(named);
        accounts.putAll(lockLots(named));
        return new Snapshot(accounts, settled(earlier), recorded(Batch.references(batch)), closedThrough);
    }

    /**
     * For this transaction: a lock that somebody holds for longer is not waited for, and tables are not scanned. Plans
     * outlive the moment they were made in, and one made while a table was small would read all of it when it is large.
     */
    void prepare(int lockWaitMilliseconds) throws SQLException {
        String sql = "SELECT set_config('lock_timeout', ?, true), set_config('enable_seqscan', 'off', true)";
        Sql.query(connection, sql, row -> 0, lockWaitMilliseconds + "ms");
    }

    Map<AccountKey, Known> known(Collection<AccountKey> keys) throws SQLException {
        Columns<AccountKey> columns = new Columns<>(connection, keys);
        String sql = """
                SELECT f.book, f.path, f.id, f.parent, f.owed, f.lapses_to
                FROM unnest(?::uuid[], ?::text[]) AS k (book, path)
                CROSS JOIN LATERAL (
                    SELECT a.book, a.path, a.id, a.parent, a.owed, a.lapses_to FROM ledger.account a
                    WHERE a.book = ANY (?) AND a.book = k.book AND a.path = k.path OFFSET 0) f
                """;
        Map<AccountKey, Known> found = new HashMap<>();
        Sql.query(
                connection,
                sql,
                row -> found.put(key(row, "path"), known(row)),
                columns.of("uuid", key -> key.book().value()),
                columns.of("text", key -> key.path().value()),
                columns.books(AccountKey::book));
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

    /** What of each book is closed; shared with other postings and kept from whoever closes until we are done. */
    private Map<BookId, LocalDate> periods(List<Submission> batch) throws SQLException {
        Columns<Submission> columns = new Columns<>(connection, batch);
        new PeriodStore(connection)
                .share(columns.books(submission -> submission.posting().book()));
        String sql = "SELECT p.book, p.closed_through FROM ledger.period p WHERE p.book = ANY (?) ORDER BY p.book"
                + " FOR KEY SHARE OF p";
        Map<BookId, LocalDate> closedThrough = new HashMap<>();
        Sql.query(
                connection,
                sql,
                row -> {
                    LocalDate closed = row.getObject("closed_through", LocalDate.class);
                    if (closed != null) {
                        closedThrough.put(book(row), closed);
                    }
                    return true;
                },
                columns.books(submission -> submission.posting().book()));
        return closedThrough;
    }

    /** The named legs as they were made. Their rows never change, so they may be read before anything is locked. */
    private Map<LegKey, EarlierLeg> earlier(Set<LegKey> keys) throws SQLException {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Columns<LegKey> columns = new Columns<>(connection, keys);
        String sql = """
                SELECT t.book, t.reference, t.leg, t.kind, t.expires_at, t.id, t.amount,
                       d.path AS debit_path, c.path AS credit_path
                FROM unnest(?::uuid[], ?::text[], ?::integer[]) AS k (book, reference, leg)
                CROSS JOIN LATERAL (
                    SELECT * FROM ledger.transfer t
                    WHERE t.book = ANY (?) AND t.book = k.book AND t.reference = k.reference AND t.leg = k.leg
                      AND t.kind IN ('PEND', 'MOVE', 'COMMIT', 'FORCE') OFFSET 0) t
                JOIN ledger.account d ON d.book = t.book AND d.id = t.debit_account
                JOIN ledger.account c ON c.book = t.book AND c.id = t.credit_account
                ORDER BY t.book, t.reference, t.leg, t.part
                """;
        Map<LegKey, EarlierLeg> legs = new HashMap<>();
        Sql.query(
                connection,
                sql,
                row -> legs.merge(
                        new LegKey(book(row), new Reference(row.getString("reference")), row.getInt("leg")),
                        earlierLeg(row),
                        (before, more) -> before.with(more.parts().getFirst())),
                columns.of("uuid", key -> key.book().value()),
                columns.of("text", key -> key.reference().value()),
                columns.of("integer", LegKey::leg),
                columns.books(LegKey::book));
        return legs;
    }

    private static EarlierLeg earlierLeg(ResultSet row) throws SQLException {
        long amount = row.getLong("amount");
        EarlierLeg.Part part = new EarlierLeg.Part(
                uuid(row, "id"), key(row, "debit_path"), key(row, "credit_path"), amount, amount, 0);
        Transfer.Kind kind = Transfer.Kind.valueOf(row.getString("kind"));
        return new EarlierLeg(kind, instantOrNull(row, "expires_at"), List.of(part));
    }

    /** Locks the accounts in (book, id) order, which is the one order everybody takes, and reads them. */
    private Map<AccountKey, AccountState> lock(Map<AccountKey, Known> named) throws SQLException {
        Columns<Map.Entry<AccountKey, Known>> columns = new Columns<>(connection, named.entrySet());
        return locked(
                "a.id = ANY (?)",
                columns.books(entry -> entry.getKey().book()),
                columns.of("uuid", entry -> entry.getValue().id()));
    }

    /** A lot is only ever touched by who holds the lock of its parent, so lots may be locked after all parents. */
    private Map<AccountKey, AccountState> lockLots(Map<AccountKey, Known> named) throws SQLException {
        List<AccountKey> parents = named.entrySet().stream()
                .filter(entry -> entry.getValue().ofLots())
                .map(Map.Entry::getKey)
                .toList();
        if (parents.isEmpty()) {
            return Map.of();
        }
        Columns<AccountKey> columns = new Columns<>(connection, parents);
        return locked(
                "a.parent = ANY (?)",
                columns.books(AccountKey::book),
                columns.of("text", parent -> parent.path().value()));
    }

    private Map<AccountKey, AccountState> locked(String which, Array books, Array values) throws SQLException {
        String sql = """
                SELECT a.book, a.id, a.path, a.unit_code, a.unit_scale, a.parent, a.source, a.expires_at, a.owed,
                       a.lapses_to, a.posted, a.pending_debits, a.pending_credits, a.floor, a.ceiling,
                       a.sequence, a.last_at, a.last_hash,
                       a.debit_freezes <> '{}' AS debits_frozen, a.credit_freezes <> '{}' AS credits_frozen, a.closed
                FROM ledger.account a
                WHERE a.book = ANY (?) AND %s
                ORDER BY a.book, a.id
                FOR NO KEY UPDATE OF a
                """.formatted(which);
        Map<AccountKey, AccountState> accounts = new HashMap<>();
        for (AccountState account : Sql.query(connection, sql, SnapshotStore::account, books, values)) {
            accounts.put(account.key(), account);
        }
        return accounts;
    }

    /** The earlier legs with what has been settled of them by now. */
    private Map<LegKey, EarlierLeg> settled(Map<LegKey, EarlierLeg> earlier) throws SQLException {
        if (earlier.isEmpty()) {
            return earlier;
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
        List<Settlement> last = Sql.query(
                connection,
                sql,
                row -> new Settlement(uuid(row, "settles"), row.getInt("settle_ordinal"), row.getLong("remaining")),
                columns.of("uuid", part -> part.book().value()),
                columns.of("uuid", PartOf::transfer),
                columns.books(PartOf::book));
        Map<LegKey, EarlierLeg> now = new HashMap<>();
        earlier.forEach((key, leg) -> {
            EarlierLeg settled = leg;
            for (Settlement settlement : last) {
                settled = settled.after(settlement);
            }
            now.put(key, settled);
        });
        return now;
    }

    private record PartOf(BookId book, UUID transfer) {}

    /** What is recorded under the references already; read after the locks, so that what others committed is seen. */
    private Map<ReferenceKey, Recorded> recorded(Set<ReferenceKey> keys) throws SQLException {
        Columns<ReferenceKey> columns = new Columns<>(connection, keys);
        String sql = """
                SELECT t.book, t.reference, t.id, t.leg, t.kind, t.amount, t.posted_at, t.content_hash,
                       d.path AS debit_path, t.debit_sequence, t.debit_balance,
                       c.path AS credit_path, t.credit_sequence, t.credit_balance
                FROM unnest(?::uuid[], ?::text[]) AS k (book, reference)
                CROSS JOIN LATERAL (
                    SELECT * FROM ledger.transfer t
                    WHERE t.book = ANY (?) AND t.book = k.book AND t.reference = k.reference OFFSET 0) t
                JOIN ledger.account d ON d.book = t.book AND d.id = t.debit_account
                JOIN ledger.account c ON c.book = t.book AND c.id = t.credit_account
                ORDER BY t.book, t.reference, t.leg, t.part
                """;
        Map<ReferenceKey, List<RecordedLeg>> legs = Sql.query(
                        connection,
                        sql,
                        SnapshotStore::recordedLeg,
                        columns.of("uuid", key -> key.book().value()),
                        columns.of("text", key -> key.reference().value()),
                        columns.books(ReferenceKey::book))
                .stream()
                .collect(groupingBy(RecordedLeg::key));
        Map<ReferenceKey, Recorded> recorded = new HashMap<>();
        legs.forEach((key, rows) -> recorded.put(key, together(key, rows)));
        return recorded;
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
