package io.bursar.ledger;

import io.bursar.ledger.Account.Direction;
import io.bursar.ledger.Account.Freeze;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of books and accounts: opening them and looking at them. */
final class AccountStore {
    static final String ACCOUNT = """
            SELECT a.book, a.id, a.path, a.unit_code, a.unit_scale, a.parent, a.source, a.expires_at, a.owed,
                   a.lapses_to, a.posted, a.pending_debits, a.pending_credits, a.floor, a.ceiling, a.debit_freezes,
                   a.credit_freezes, a.closed, a.sequence, a.opened_at, a.last_at, a.last_hash
            FROM ledger.account a
            """;

    private final Connection connection;

    AccountStore(Connection connection) {
        this.connection = connection;
    }

    BookId openBook(UUID id, String name, Instant at) throws SQLException {
        String insert = """
                INSERT INTO ledger.book (id, name, opened_at) VALUES (?, ?, ?::timestamptz)
                ON CONFLICT (name) DO NOTHING
                """;
        if (Sql.update(connection, insert, id, name, at.toString()) == 1) {
            String period = "INSERT INTO ledger.period (book, last_hash) VALUES (?, ?)";
            Sql.update(connection, period, id, Hash.ZERO.bytes());
        }
        return Sql.query(
                        connection,
                        "SELECT id FROM ledger.book WHERE name = ?",
                        row -> new BookId(Sql.uuid(row, "id")),
                        name)
                .getFirst();
    }

    List<Book> books() throws SQLException {
        return Sql.query(
                connection,
                "SELECT id, name, opened_at FROM ledger.book ORDER BY name",
                row -> new Book(new BookId(Sql.uuid(row, "id")), row.getString("name"), Sql.instant(row, "opened_at")));
    }

    boolean hasBook(BookId book) throws SQLException {
        return !Sql.query(connection, "SELECT 1 FROM ledger.book WHERE id = ?", row -> 1, book.value())
                .isEmpty();
    }

    /** Inserts the accounts that are not there yet, with their first event, and answers the paths of those. */
    Set<AccountPath> open(Collection<AccountEvent> openings) throws SQLException {
        Columns<AccountEvent> columns = new Columns<>(connection, openings);
        String sql = """
                INSERT INTO ledger.account (
                    book, id, path, unit_code, unit_scale, opened_at, parent, source, expires_at, owed, lapses_to,
                    floor, ceiling, last_at, last_hash)
                SELECT n.book, n.id, n.path, n.unit_code, n.unit_scale, n.at, n.parent, n.source, n.expires_at, n.owed,
                       n.lapses_to, n.floor, n.ceiling, n.at, n.hash
                FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::integer[], ?::timestamptz[],
                            ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::text[],
                            ?::bigint[], ?::bigint[], ?::bytea[])
                    AS n (book, id, path, unit_code, unit_scale, at, parent, source, expires_at, owed, lapses_to,
                          floor, ceiling, hash)
                ON CONFLICT (book, path) DO NOTHING
                RETURNING path
                """;
        Set<AccountPath> opened = new HashSet<>(Sql.query(
                connection,
                sql,
                row -> new AccountPath(row.getString("path")),
                columns.of("uuid", event -> event.key().book().value()),
                columns.of("uuid", AccountEvent::account),
                columns.of("text", event -> event.key().path().value()),
                columns.of("text", event -> event.unit().code()),
                columns.of("integer", event -> event.unit().scale()),
                columns.of("timestamptz", event -> event.at().toString()),
                columns.of("text", event -> text(event.accountKind().parent())),
                columns.of("text", AccountEvent::source),
                columns.of("timestamptz", event -> text(event.expiresAt())),
                columns.of("text", event -> text(event.accountKind().owed())),
                columns.of("text", event -> text(event.accountKind().lapsesTo())),
                columns.of("bigint", event -> event.policy().floor()),
                columns.of("bigint", event -> event.policy().ceiling()),
                columns.bytes(AccountEvent::hash)));
        for (AccountEvent event : openings) {
            if (opened.contains(event.key().path())) {
                append(event);
            }
        }
        return opened;
    }

    /** Opens the lots of a batch, whose names nobody else can have taken. */
    void openLots(List<AccountEvent> openings) throws SQLException {
        if (!openings.isEmpty()) {
            int opened = open(openings).size();
            Check.invariant(opened == openings.size(), opened + " lots opened of " + openings.size());
        }
    }

    void append(AccountEvent event) throws SQLException {
        String sql = """
                INSERT INTO ledger.account_event (
                    book, account, sequence, kind, path, unit_code, unit_scale, parent, source, expires_at, owed,
                    lapses_to, floor, ceiling, debit_freezes, credit_freezes, closed, at, actor, reason, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?, ?, ?::bigint, ?::bigint, ?, ?, ?,
                        ?::timestamptz, ?, ?, ?)
                """;
        Sql.update(
                connection,
                sql,
                event.key().book().value(),
                event.account(),
                event.sequence(),
                event.kind().name(),
                event.key().path().value(),
                event.unit().code(),
                event.unit().scale(),
                text(event.accountKind().parent()),
                event.source(),
                text(event.expiresAt()),
                text(event.accountKind().owed()),
                text(event.accountKind().lapsesTo()),
                event.policy().floor(),
                event.policy().ceiling(),
                pairs(event, Direction.DEBITS),
                pairs(event, Direction.CREDITS),
                event.closed(),
                event.at().toString(),
                event.actor(),
                event.reason(),
                event.hash().bytes());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    Optional<Account> account(BookId book, AccountPath path) throws SQLException {
        String sql = ACCOUNT + " WHERE a.book = ? AND a.path = ?";
        return Sql.query(connection, sql, AccountStore::account, book.value(), path.value()).stream()
                .findFirst();
    }

    /** Where an account's rows are found: under its id or, of an account of lots, under those of its lots. */
    record Place(UUID id, boolean ofLots) {}

    Optional<Place> place(BookId book, AccountPath path) throws SQLException {
        String sql = "SELECT a.id, a.lapses_to IS NOT NULL AS of_lots FROM ledger.account a"
                + " WHERE a.book = ? AND a.path = ?";
        return Sql.query(
                        connection,
                        sql,
                        row -> new Place(Sql.uuid(row, "id"), row.getBoolean("of_lots")),
                        book.value(),
                        path.value())
                .stream()
                .findFirst();
    }

    /** Accounts that are about to be named by others; until then nobody can close or limit them. */
    List<Account> lockForNaming(BookId book, Collection<AccountPath> paths) throws SQLException {
        String sql = ACCOUNT + " WHERE a.book = ? AND a.path = ANY (?) ORDER BY a.id FOR KEY SHARE OF a";
        return Sql.query(connection, sql, AccountStore::account, book.value(), array(paths));
    }

    /** Accounts as they were opened, whatever they have become since. */
    List<AccountSpec> openings(BookId book, Collection<AccountPath> paths) throws SQLException {
        String sql = """
                SELECT e.path, e.unit_code, e.unit_scale, e.floor, e.ceiling, e.parent, e.source, e.expires_at, e.owed,
                       e.lapses_to
                FROM ledger.account a
                JOIN ledger.account_event e ON e.book = a.book AND e.account = a.id AND e.sequence = 0
                WHERE a.book = ? AND a.path = ANY (?)
                """;
        return Sql.query(connection, sql, AccountStore::spec, book.value(), array(paths));
    }

    private static AccountSpec spec(ResultSet row) throws SQLException {
        AccountPath path = new AccountPath(row.getString("path"));
        return new AccountSpec(path, Sql.unit(row), Sql.policy(row), Sql.accountKind(row));
    }

    private Array array(Collection<AccountPath> paths) throws SQLException {
        return connection.createArrayOf(
                "text", paths.stream().map(AccountPath::value).toArray());
    }

    /** Lots are left out unless the prefix reaches into them. */
    List<Account> accounts(BookId book, String prefix, @Nullable String after, int limit) throws SQLException {
        String lots = prefix.contains(AccountSpec.LOT_SEGMENT) ? "" : " AND a.parent IS NULL";
        String sql = ACCOUNT + " WHERE a.book = ? AND a.path ^@ ? AND a.path > ?" + lots + " ORDER BY a.path LIMIT ?";
        String from = after == null ? "" : after;
        return Sql.query(connection, sql, AccountStore::account, book.value(), prefix, from, limit);
    }

    Array pairs(AccountEvent event, Direction direction) throws SQLException {
        String[][] pairs = event.freezes().stream()
                .filter(freeze -> freeze.direction() == direction)
                .map(freeze -> new String[] {freeze.actor(), freeze.reason()})
                .toArray(String[][]::new);
        return connection.createArrayOf("text", pairs);
    }

    static Account account(ResultSet row) throws SQLException {
        return new Account(
                new BookId(Sql.uuid(row, "book")),
                new AccountPath(row.getString("path")),
                Sql.unit(row),
                Sql.accountKind(row),
                row.getLong("posted"),
                row.getLong("pending_debits"),
                row.getLong("pending_credits"),
                Sql.policy(row),
                freezes(row),
                row.getBoolean("closed"),
                row.getLong("sequence"),
                Sql.instant(row, "opened_at"),
                Sql.instant(row, "last_at"));
    }

    static List<Freeze> freezes(ResultSet row) throws SQLException {
        List<Freeze> freezes = new ArrayList<>(freezes(row, "debit_freezes", Direction.DEBITS));
        freezes.addAll(freezes(row, "credit_freezes", Direction.CREDITS));
        return freezes;
    }

    private static List<Freeze> freezes(ResultSet row, String column, Direction direction) throws SQLException {
        List<Freeze> freezes = new ArrayList<>();
        for (Object pair : (Object[]) row.getArray(column).getArray()) {
            String[] actorAndReason = (String[]) pair;
            freezes.add(new Freeze(direction, actorAndReason[0], actorAndReason[1]));
        }
        return freezes;
    }
}
