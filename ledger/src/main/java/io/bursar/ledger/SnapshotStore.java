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

    Snapshot lock(List<Submission> batch) throws SQLException {
        Map<HoldKey, Hold> pendings = pendings(Batch.holds(batch));
        Map<AccountKey, AccountState> accounts = lock(Batch.accounts(batch, pendings));
        return new Snapshot(accounts, settled(pendings), recorded(Batch.references(batch)));
    }

    /** A lock that somebody holds for longer than this is not waited for. */
    void limitLockWaits(int milliseconds) throws SQLException {
        Sql.query(connection, "SELECT set_config('lock_timeout', ?, true)", row -> 0, milliseconds + "ms");
    }

    /** The named pending legs as they were made. They never change, so they may be read before anything is locked. */
    private Map<HoldKey, Hold> pendings(Set<HoldKey> keys) throws SQLException {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Columns<HoldKey> columns = new Columns<>(connection, keys);
        String sql = """
                SELECT t.book, t.reference, t.leg, t.id, d.path AS debit_path, c.path AS credit_path, t.amount
                FROM ledger.transfer t
                JOIN ledger.account d ON d.book = t.book AND d.id = t.debit_account
                JOIN ledger.account c ON c.book = t.book AND c.id = t.credit_account
                WHERE t.book = ANY (?) AND t.kind = 'PEND'
                  AND (t.book, t.reference, t.leg) IN (SELECT * FROM unnest(?::uuid[], ?::text[], ?::integer[]))
                """;
        Map<HoldKey, Hold> holds = new HashMap<>();
        Sql.query(
                connection,
                sql,
                row -> holds.put(
                        new HoldKey(book(row), new Reference(row.getString("reference")), row.getInt("leg")),
                        pending(row)),
                columns.books(HoldKey::book),
                columns.of("uuid", key -> key.book().value()),
                columns.of("text", key -> key.reference().value()),
                columns.of("integer", HoldKey::leg));
        return holds;
    }

    /** Locks the accounts in (book, id) order, which is the one order everybody takes, and reads them. */
    private Map<AccountKey, AccountState> lock(Set<AccountKey> keys) throws SQLException {
        Columns<AccountKey> columns = new Columns<>(connection, keys);
        String sql = """
                SELECT a.book, a.id, a.path, a.unit_code, a.unit_scale, a.posted, a.pending_debits, a.pending_credits,
                       a.floor, a.ceiling, a.sequence, a.last_at, a.last_hash,
                       a.debit_freezes <> '{}' AS debits_frozen, a.credit_freezes <> '{}' AS credits_frozen, a.closed
                FROM ledger.account a
                WHERE a.book = ANY (?) AND (a.book, a.path) IN (SELECT * FROM unnest(?::uuid[], ?::text[]))
                ORDER BY a.book, a.id
                FOR NO KEY UPDATE OF a
                """;
        return Sql.query(
                        connection,
                        sql,
                        SnapshotStore::account,
                        columns.books(AccountKey::book),
                        columns.of("uuid", key -> key.book().value()),
                        columns.of("text", key -> key.path().value()))
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
                SELECT DISTINCT ON (t.book, t.settles) t.settles, t.settle_ordinal, t.remaining
                FROM ledger.transfer t
                WHERE t.book = ANY (?) AND (t.book, t.settles) IN (SELECT * FROM unnest(?::uuid[], ?::uuid[]))
                ORDER BY t.book, t.settles, t.settle_ordinal DESC
                """;
        Map<UUID, Settlement> last = Sql.query(
                        connection,
                        sql,
                        row -> new Settlement(
                                uuid(row, "settles"), row.getInt("settle_ordinal"), row.getLong("remaining")),
                        columns.books(entry -> entry.getKey().book()),
                        columns.of("uuid", entry -> entry.getKey().book().value()),
                        columns.of("uuid", entry -> entry.getValue().transfer()))
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
                FROM ledger.transfer t
                JOIN ledger.account d ON d.book = t.book AND d.id = t.debit_account
                JOIN ledger.account c ON c.book = t.book AND c.id = t.credit_account
                WHERE t.book = ANY (?)
                  AND (t.book, t.reference) IN (SELECT * FROM unnest(?::uuid[], ?::text[]))
                ORDER BY t.book, t.reference, t.leg
                """;
        Map<ReferenceKey, List<RecordedLeg>> legs = Sql.query(
                        connection,
                        sql,
                        SnapshotStore::recordedLeg,
                        columns.books(ReferenceKey::book),
                        columns.of("uuid", key -> key.book().value()),
                        columns.of("text", key -> key.reference().value()))
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
