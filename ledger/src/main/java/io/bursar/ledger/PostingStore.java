package io.bursar.ledger;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.bursar.ledger.TransferRow.Settlement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes what was decided: one insert for all rows of a batch, one update for all accounts it touched. */
final class PostingStore {
    /** Every column that posting writes, and what a row has in it. */
    private static final List<Column<TransferRow>> TRANSFER = List.of(
            Column.uuid("book", row -> posting(row).book().value()),
            Column.uuid("id", TransferRow::id),
            Column.uuid("debit_account", row -> row.debit().id()),
            Column.uuid("credit_account", row -> row.credit().id()),
            Column.bigint("amount", TransferRow::amount),
            Column.bigint("debit_sequence", row -> row.debit().sequence()),
            Column.bigint("debit_balance", row -> row.debit().sums().posted()),
            Column.bigint("credit_sequence", row -> row.credit().sequence()),
            Column.bigint("credit_balance", row -> row.credit().sums().posted()),
            Column.instant("posted_at", row -> row.dating().postedAt()),
            Column.date("effective_date", row -> row.dating().effectiveDate()),
            Column.date("asked_date", row -> row.dating().askedDate()),
            Column.integer("leg", TransferRow::leg),
            Column.integer("part", TransferRow::part),
            Column.integer("legs", row -> posting(row).legs().size()),
            Column.text("kind", row -> row.kind().name()),
            Column.text("reference", row -> posting(row).reference().value()),
            Column.hash("content_hash", row -> row.submission().content()),
            Column.uuid("settles", row -> settlement(row, Settlement::settles)),
            Column.integer("settle_ordinal", row -> settlement(row, Settlement::ordinal)),
            Column.bigint("remaining", row -> settlement(row, Settlement::remaining)),
            Column.instant("expires_at", TransferRow::expiresAt),
            Column.text("memo", row -> posting(row).memo()),
            Column.text("actor", row -> posting(row).actor()),
            Column.hash("hash", TransferRow::hash));

    private static final String INSERT = "INSERT INTO ledger.transfer (%s) SELECT * FROM unnest(%s)"
            .formatted(names(TRANSFER), parameters(TRANSFER));

    /** The same for a trip that may commit: it fails by itself when it wrote less than it should. */
    private static final String GUARDED_INSERT =
            "WITH inserted AS (%s RETURNING 1) SELECT 1 / (count(*) = ?)::integer FROM inserted".formatted(INSERT);

    private static final String COPY = "COPY ledger.transfer (%s) FROM STDIN BINARY".formatted(names(TRANSFER));

    private record Change(AccountState account, long sequenceBefore) {}

    /** Every column of an account that posting changes, after the two that find it and the one that guards it. */
    private static final List<Column<Change>> ACCOUNT = List.of(
            Column.uuid("book", change -> change.account().key().book().value()),
            Column.uuid("id", change -> change.account().id()),
            Column.bigint("sequence_before", Change::sequenceBefore),
            Column.bigint("posted", change -> change.account().sums().posted()),
            Column.bigint("pending_debits", change -> change.account().sums().pendingDebits()),
            Column.bigint("pending_credits", change -> change.account().sums().pendingCredits()),
            Column.bigint("sequence", change -> change.account().sequence()),
            Column.instant("last_at", change -> change.account().lastAt()),
            Column.hash("last_hash", change -> change.account().lastHash()));

    private static final List<Column<Change>> CHANGING = ACCOUNT.subList(3, ACCOUNT.size());

    /** Each row is found by the index of its id and then by its place, whatever the planner believes of the table. */
    private static final String UPDATE = """
            WITH updated AS (
                UPDATE ledger.account a
                SET (%s) = ROW (%s)
                FROM unnest(%s) AS n (%s)
                CROSS JOIN LATERAL (
                    SELECT f.ctid AS place FROM ledger.account f
                    WHERE f.book = ANY (?) AND f.book = n.book AND f.id BETWEEN n.id AND n.id
                      AND f.sequence = n.sequence_before
                    ORDER BY f.id LIMIT 1) f
                WHERE a.ctid = f.place
                RETURNING 1)
            SELECT 1 / (count(*) = ?)::integer FROM updated
            """.formatted(
                    names(CHANGING), "n." + names(CHANGING).replace(", ", ", n."), parameters(ACCOUNT), names(ACCOUNT));

    private static final Column<AccountState> BOOK =
            Column.uuid("book", account -> account.key().book().value());
    private static final Column<AccountState> ID = Column.uuid("id", AccountState::id);
    private static final Column<AccountState> SEQUENCE = Column.bigint("sequence", AccountState::sequence);

    private static final String CONFIRM_PERIODS = """
            SELECT 1 / (count(*) = ?)::integer
            FROM unnest(?::uuid[], ?::date[]) AS n (book, closed_through)
            CROSS JOIN LATERAL (
                SELECT 1 FROM ledger.period p
                WHERE p.book = ANY (?) AND p.book = n.book AND p.closed_through IS NOT DISTINCT FROM n.closed_through
                ORDER BY p.book LIMIT 1) p
            """;
    private static final String CONFIRM_OTHERS = """
            SELECT 1 / (count(*) = ?)::integer
            FROM unnest(?::uuid[], ?::uuid[], ?::bigint[]) AS n (book, id, sequence)
            CROSS JOIN LATERAL (
                SELECT 1 FROM ledger.account f
                WHERE f.book = ANY (?) AND f.book = n.book AND f.id BETWEEN n.id AND n.id
                  AND f.sequence = n.sequence
                ORDER BY f.id LIMIT 1) f
            """;

    /** From here on copying rows in is cheaper than arrays, although it takes two trips more. */
    private static final int COPIED_MIN = 200;

    private static final int COPY_BYTES_EXPECTED = 512;
    private static final byte[] COPY_HEADER = HexFormat.of().parseHex("5047434f50590aff0d0a000000000000000000");

    private static final Column<BookId> BOOKS = Column.uuid("book", BookId::value);

    private final Connection connection;

    PostingStore(Connection connection) {
        this.connection = connection;
    }

    /** Writes a decision in the caller's transaction. */
    void write(Decision decision, Snapshot snapshot) throws SQLException {
        send(decision, snapshot, new Trip());
    }

    /** Writes a decision and commits; nobody may be answered before this returns. */
    void writeAndCommit(Decision decision, Snapshot snapshot) throws SQLException {
        send(decision, snapshot, new Trip().last("COMMIT"));
    }

    /** Whether the rows are so many that they are sent before everything else. */
    static boolean isMany(Decision decision) {
        return decision.rows().size() >= COPIED_MIN;
    }

    /** Writes the rows of a foreseen decision, which nobody sees before it is committed, and locks no account. */
    void writeAhead(Decision decision, Snapshot snapshot) throws SQLException {
        Trip trip = conditions(decision, snapshot);
        if (isMany(decision)) {
            trip.run(connection);
            copy(decision.rows());
        } else {
            List<TransferRow> rows = decision.rows();
            trip.writing(rows.size(), INSERT, arrays(rows).toArray()).run(connection);
        }
    }

    /** What is left to send of a foreseen decision; it fails unless everything is as it was foreseen. */
    Trip commit(Decision decision, Snapshot snapshot, boolean writtenAhead) throws SQLException {
        Trip trip = writtenAhead ? new Trip() : conditions(decision, snapshot);
        update(decision.touched(), snapshot.accounts(), trip);
        confirmOthers(decision.touched(), snapshot.accounts(), trip);
        if (!writtenAhead) {
            insert(decision.rows(), trip);
        }
        return trip.last("COMMIT");
    }

    private Trip conditions(Decision decision, Snapshot snapshot) throws SQLException {
        Set<BookId> books = books(decision.touched());
        Trip trip = Trip.begun(Locking.WAIT_FORESEEN);
        PeriodStore.share(trip, connection, books);
        confirmPeriods(books, snapshot.closedThrough(), trip);
        return trip;
    }

    private void send(Decision decision, Snapshot snapshot, Trip trip) throws SQLException {
        if (!decision.rows().isEmpty()) {
            new AccountStore(connection).openLots(decision.opened());
            if (isMany(decision)) {
                copy(decision.rows());
            } else {
                insert(decision.rows(), trip);
            }
            update(decision.touched(), snapshot.accounts(), trip);
        }
        trip.run(connection);
    }

    private void insert(List<TransferRow> rows, Trip trip) throws SQLException {
        List<Object> parameters = arrays(rows);
        parameters.add(rows.size());
        trip.with(GUARDED_INSERT, _ -> {}, parameters.toArray());
    }

    private List<Object> arrays(List<TransferRow> rows) throws SQLException {
        List<Object> arrays = new ArrayList<>();
        for (Column<TransferRow> column : TRANSFER) {
            arrays.add(column.of(connection, rows));
        }
        return arrays;
    }

    private void copy(List<TransferRow> rows) throws SQLException {
        Binary out = new Binary(COPY_BYTES_EXPECTED * rows.size());
        out.raw(COPY_HEADER);
        for (TransferRow row : rows) {
            out.rawShort(TRANSFER.size());
            TRANSFER.forEach(column -> column.writer().accept(row, out));
        }
        out.rawShort(-1);
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        out.copyTo(copy);
        long copied = copy.endCopy();
        Check.invariant(copied == rows.size(), copied + " transfers written of " + rows.size());
    }

    /** One update for each touched account, and only if it is still where the decision started from. */
    private void update(List<AccountState> accounts, Map<AccountKey, AccountState> before, Trip trip)
            throws SQLException {
        List<Change> changes = accounts.stream()
                .sorted(AccountState.LOCKING_ORDER)
                .map(account -> new Change(account, sequence(before, account)))
                .toList();
        List<Object> parameters = new ArrayList<>();
        for (Column<Change> column : ACCOUNT) {
            parameters.add(column.of(connection, changes));
        }
        parameters.add(BOOKS.of(connection, books(accounts)));
        parameters.add(changes.size());
        trip.with(UPDATE, _ -> {}, parameters.toArray());
    }

    private void confirmPeriods(Set<BookId> books, Map<BookId, LocalDate> closedThrough, Trip trip)
            throws SQLException {
        trip.with(
                CONFIRM_PERIODS,
                _ -> {},
                books.size(),
                BOOKS.of(connection, books),
                Column.<BookId>date("closed_through", closedThrough::get).of(connection, books),
                BOOKS.of(connection, books));
    }

    /** What was looked at and not touched is asked for after all locks are taken, and not locked. */
    private void confirmOthers(List<AccountState> touched, Map<AccountKey, AccountState> before, Trip trip)
            throws SQLException {
        if (before.size() == touched.size()) {
            return;
        }
        Map<AccountKey, AccountState> others = new HashMap<>(before);
        touched.forEach(account -> others.remove(account.key()));
        Collection<AccountState> asked = others.values();
        trip.with(
                CONFIRM_OTHERS,
                _ -> {},
                asked.size(),
                BOOK.of(connection, asked),
                ID.of(connection, asked),
                SEQUENCE.of(connection, asked),
                BOOKS.of(connection, books(asked)));
    }

    /** A lot that this batch opened starts from its opening. */
    private static long sequence(Map<AccountKey, AccountState> before, AccountState account) {
        AccountState found = before.get(account.key());
        return found == null ? 0 : found.sequence();
    }

    private static Set<BookId> books(Collection<AccountState> accounts) {
        return accounts.stream().map(account -> account.key().book()).collect(toSet());
    }

    private static <T> String names(List<Column<T>> columns) {
        return columns.stream().map(Column::name).collect(joining(", "));
    }

    private static <T> String parameters(List<Column<T>> columns) {
        return columns.stream().map(Column::parameter).collect(joining(", "));
    }

    private static Posting posting(TransferRow row) {
        return row.submission().posting();
    }

    private static <V> @Nullable V settlement(TransferRow row, Function<Settlement, V> column) {
        Settlement settlement = row.settlement();
        return settlement == null ? null : column.apply(settlement);
    }
}
