package io.bursar.ledger;

import static io.bursar.ledger.Sql.instant;
import static io.bursar.ledger.Sql.longOrNull;
import static io.bursar.ledger.Sql.uuid;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.PostedLeg;
import io.bursar.ledger.Outcome.SideAfter;
import io.bursar.ledger.TransferRow.Settlement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads what a batch is decided on, a handful of statements for a batch of any size, each routed by the books it
 * touches. The order matters: pending legs never change, so they may be read first, to learn which accounts they
 * name; then all accounts are locked; and only then is read what somebody else may have committed while we waited for
 * those locks.
 */
final class SnapshotStore {
    private final Connection connection;

    SnapshotStore(Connection connection) {
        this.connection = connection;
    }

    Snapshot lock(List<Submission> batch, AccountIds ids) throws SQLException {
        Map<HoldKey, Hold> pendings = pendings(Batch.holds(batch));
        Map<AccountKey, UUID> named = ids.find(connection, Batch.accounts(batch, pendings));
        Map<AccountKey, AccountState> accounts = lock(named);
        return new Snapshot(accounts, settled(pendings), recorded(Batch.references(batch)));
    }

    /**
     * For this transaction: a lock that somebody holds for longer is not waited for, and tables are not scanned. Plans
     * outlive the moment they were made in, and one made while a table was small would read all of it when it is large.
     */
    void prepare(int lockWaitMilliseconds) throws SQLException {
        String sql = "SELECT set_config('lock_timeout', ?, true), set_config('enable_seqscan', 'off', true)";
        Sql.query(connection, sql, row -> 0, lockWaitMilliseconds + "ms");
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
                SELECT t.book, t.reference, t.leg, t.id, d.path AS debit_path, c.path AS credit_path, t.amount
                FROM unnest(?::uuid[], ?::text[], ?::integer[]) AS k (book, reference, leg)
                CROSS JOIN LATERAL (
                    SELECT * FROM ledger.transfer t
                    WHERE t.book = ANY (?) AND t.book = k.book AND t.reference = k.reference AND t.leg = k.leg
                      AND t.kind = 'PEND' OFFSET 0) t
                JOIN ledger.account d ON d.book = t.book AND d.id = t.debit_account
                JOIN ledger.account c ON c.book = t.book AND c.id = t.credit_account
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

    /** Locks the accounts in (book, id) order, which is the one order everybody takes, and reads them. */
    private Map<AccountKey, AccountState> lock(Map<AccountKey, UUID> named) throws SQLException {
        Columns<Map.Entry<AccountKey, UUID>> columns = new Columns<>(connection, named.entrySet());
        String sql = """
                SELECT a.book, a.id, a.path, a.unit_code, a.unit_scale, a.posted, a.pending_debits, a.pending_credits,
                       a.floor, a.ceiling, a.sequence, a.last_at, a.last_hash,
                       a.debit_freezes <> '{}' AS debits_frozen, a.credit_freezes <> '{}' AS credits_frozen, a.closed
                FROM ledger.account a
                WHERE a.book = ANY (?) AND a.id = ANY (?)
                ORDER BY a.book, a.id
                FOR NO KEY UPDATE OF a
                """;
        return Sql.query(
                        connection,
                        sql,
                        SnapshotStore::account,
                        columns.books(entry -> entry.getKey().book()),
                        columns.of("uuid", Map.Entry::getValue))
                .stream()
                .collect(toMap(AccountState::key, Function.identity()));
    }

    /** The pending legs with what has been settled of them by now. */
    private Map<HoldKey, Hold> settled(Map<HoldKey, Hold> pendings) throws SQLException {
        if (pendings.isEmpty()) {
            return pendings;
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
        Map<UUID, Settlement> last = Sql.query(
                        connection,
                        sql,
                        row -> new Settlement(
                                uuid(row, "settles"), row.getInt("settle_ordinal"), row.getLong("remaining")),
                        columns.of("uuid", entry -> entry.getKey().book().value()),
                        columns.of("uuid", entry -> entry.getValue().transfer()),
                        columns.books(entry -> entry.getKey().book()))
                .stream()
                .collect(toMap(Settlement::pending, Function.identity()));
        Map<HoldKey, Hold> holds = new HashMap<>();
        pendings.forEach((key, hold) -> holds.put(key, hold.after(last.get(hold.transfer()))));
        return holds;
    }

    /** What is recorded under the references already; read after the locks, so that what others committed is seen. */
    private Map<ReferenceKey, Recorded> recorded(Set<ReferenceKey> keys) throws SQLException {
        Columns<ReferenceKey> columns = new Columns<>(connection, keys);
        String sql = """
                SELECT t.book, t.reference, t.id, t.amount, t.posted_at, t.content_hash,
                       d.path AS debit_path, t.debit_sequence, t.debit_balance,
                       c.path AS credit_path, t.credit_sequence, t.credit_balance
                FROM unnest(?::uuid[], ?::text[]) AS k (book, reference)
                CROSS JOIN LATERAL (
                    SELECT * FROM ledger.transfer t
                    WHERE t.book = ANY (?) AND t.book = k.book AND t.reference = k.reference OFFSET 0) t
                JOIN ledger.account d ON d.book = t.book AND d.id = t.debit_account
                JOIN ledger.account c ON c.book = t.book AND c.id = t.credit_account
                ORDER BY t.book, t.reference, t.leg
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
